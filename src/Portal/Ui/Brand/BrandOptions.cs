using System.ComponentModel.DataAnnotations;

namespace Portal.Ui.Brand;

/// <summary>Section <c>Brand</c>: the company whose programme this is.</summary>
public sealed class BrandOptions
{
    public const string Section = "Brand";

    /// <summary>The coffee chain of the demo content, unless a name is configured.</summary>
    public const string DemoName = "Kopi Rimba";

    /// <summary>Shown in the header, the page titles and the mails.</summary>
    [Required, StringLength(40, MinimumLength = 1)]
    public string Name { get; set; } = "Loyalty Portal";

    /// <summary>Address of a picture below <c>wwwroot</c>, for example <c>/brand/logo.svg</c>. Empty: the first letter of the name.</summary>
    [RegularExpression("^/[^/\\\\].*$", ErrorMessage = "Brand:Logo must be a path of this site such as /brand/logo.svg.")]
    public string? Logo { get; set; }

    /// <summary>Buttons, links, the balance card.</summary>
    [Required, RegularExpression("^#[0-9a-fA-F]{6}$", ErrorMessage = "Brand:Primary must be a colour such as #0b5d4b.")]
    public string Primary { get; set; } = "#0b5d4b";

    /// <summary>Small marks of delight: the tier bar, vouchers, patterns.</summary>
    [Required, RegularExpression("^#[0-9a-fA-F]{6}$", ErrorMessage = "Brand:Accent must be a colour such as #f2a93b.")]
    public string Accent { get; set; } = "#f2a93b";
}
