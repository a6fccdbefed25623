namespace Portal.Ui.Components;

/// <summary>What an input inside a <c>Field</c> must carry so that its label, hint and error belong to it.</summary>
public sealed record FieldContext(string Id, string? DescribedBy, string? Invalid)
{
    /// <summary>For <c>@attributes</c> of the input.</summary>
    public Dictionary<string, object> Attributes
    {
        get
        {
            var all = new Dictionary<string, object> { ["id"] = Id };
            if (DescribedBy is not null)
                all["aria-describedby"] = DescribedBy;
            if (Invalid is not null)
                all["aria-invalid"] = Invalid;
            return all;
        }
    }
}
