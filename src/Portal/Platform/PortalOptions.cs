using System.ComponentModel.DataAnnotations;
using RewardsEngine.Values;

namespace Portal.Platform;

/// <summary>Section <c>Portal</c>: what every part of the program needs to know.</summary>
public sealed class PortalOptions
{
    public const string Section = "Portal";

    /// <summary>ISO 4217 code of the programme's currency. Fixed once the database holds a programme.</summary>
    [Required, RegularExpression("^[A-Z]{3}$", ErrorMessage = "Portal:Currency must be an ISO 4217 code such as IDR or GBP.")]
    public string Currency { get; set; } = "IDR";

    /// <summary>IANA zone in which the programme's days begin and end.</summary>
    [Required]
    public string TimeZone { get; set; } = "Asia/Jakarta";

    /// <summary>Where the embedded database, uploads and the mail folder live; relative to the content root.</summary>
    [Required]
    public string DataDirectory { get; set; } = "portal-data";

    /// <summary>The address people open, used in mails. Empty: the address the server listens on.</summary>
    [Url]
    public string? PublicUrl { get; set; }

    public Currency ProgrammeCurrency => RewardsEngine.Values.Currency.Of(Currency);

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
}

/// <summary>Section <c>Demo</c>: the sample company. On by default only in Development, and only in an empty database.</summary>
public sealed class DemoOptions
{
    public const string Section = "Demo";

    public bool? Enabled { get; set; }
}
