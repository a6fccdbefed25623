using System.Globalization;
using System.Text.Json.Serialization;

namespace RewardsEngine.Activities;

/// <summary>The kinds of value that a declared field can hold.</summary>
public enum FieldKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A number, or an amount in the programme's currency.</summary>
    Number,

    /// <summary>A calendar day.</summary>
    Date,

    /// <summary>Yes or no.</summary>
    Flag,
}

/// <summary>The value of a declared field: of a custom activity, a purchase line or a member. Exactly one part is set, as <see cref="Kind"/> says.</summary>
public sealed record FieldValue
{
    /// <summary>Which part is set.</summary>
    public required FieldKind Kind { get; init; }

    /// <summary>The text, for <see cref="FieldKind.Text"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>The number, for <see cref="FieldKind.Number"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Number { get; init; }

    /// <summary>The day, for <see cref="FieldKind.Date"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? Date { get; init; }

    /// <summary>Yes or no, for <see cref="FieldKind.Flag"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Flag { get; init; }

    /// <summary>A text value.</summary>
    public static FieldValue Of(string text) => new() { Kind = FieldKind.Text, Text = text };

    /// <summary>A number.</summary>
    public static FieldValue Of(decimal number) => new() { Kind = FieldKind.Number, Number = number };

    /// <summary>A day.</summary>
    public static FieldValue Of(DateOnly date) => new() { Kind = FieldKind.Date, Date = date };

    /// <summary>Yes or no.</summary>
    public static FieldValue Of(bool flag) => new() { Kind = FieldKind.Flag, Flag = flag };

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        FieldKind.Text => Text ?? "",
        FieldKind.Number => Number?.ToString(CultureInfo.InvariantCulture) ?? "",
        FieldKind.Date => Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        _ => Flag == true ? "true" : "false",
    };
}
