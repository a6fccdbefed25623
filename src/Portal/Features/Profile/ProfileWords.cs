using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Rewarding;
using Portal.Ui;

namespace Portal.Features.Profile;

/// <summary>Says in the reader's language what a field holds and what giving it brings.</summary>
public sealed class ProfileWords(IStringLocalizer<ProfileTexts> texts, Format format)
{
    /// <summary>For example <c>+50 points, Free latte</c>.</summary>
    public string Benefit(Benefits benefits)
    {
        var parts = benefits.Vouchers.Select(v => v.In(CultureInfo.CurrentUICulture.Name));
        return string.Join(", ", benefits.Points > 0 ? parts.Prepend(format.PointsChange(benefits.Points)) : parts);
    }

    public string Value(string field, ProfileValues values) => field switch
    {
        ProfileFields.Birthday => DateOnly.TryParse(values.Birthday, CultureInfo.InvariantCulture, out var day) ? day.ToString("d MMMM yyyy", CultureInfo.CurrentCulture) : "",
        ProfileFields.Phone => values.Phone ?? "",
        ProfileFields.Address => string.Join(", ", new[] { values.Street, values.City, values.PostalCode }.OfType<string>()),
        ProfileFields.Interests => string.Join(", ", values.Interests.Select(Interest)),
        ProfileFields.Channel => values.Channel is { } channel ? texts[$"Channel.{channel}"] : "",
        _ => values.Company ?? "",
    };

    /// <summary>A configured interest without a text of its own is shown as it was configured.</summary>
    public string Interest(string key)
    {
        var text = texts[$"Interest.{key}"];
        return text.ResourceNotFound ? key : text;
    }
}
