using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Notifications.Messages;
using Portal.Platform;
using Portal.Rewarding;

namespace Portal.Features.Profile;

/// <summary>Section <c>Profile</c>.</summary>
public sealed class ProfileOptions
{
    public const string Section = "Profile";

    /// <summary>Keys of what members may say they are interested in. A key without a text of its own is shown as it stands.</summary>
    public string[]? Interests { get; set; }

    internal IReadOnlyList<string> AllInterests => Interests is { Length: > 0 } own ? own : ["coffee", "tea", "food", "sweets", "home", "events"];
}

/// <summary>What a person typed for one field of the profile.</summary>
public sealed class ProfileValues
{
    public string? Birthday { get; set; }
    public string? Phone { get; set; }
    public string? Street { get; set; }
    public string? City { get; set; }
    public string? PostalCode { get; set; }
    public List<string> Interests { get; set; } = [];
    public string? Channel { get; set; }
    public string? Company { get; set; }
    public string? TaxNumber { get; set; }
}

/// <summary>The fields a member may add bit by bit: how each is checked, stored and shown again.</summary>
public sealed partial class ProfileFields(IOptions<ProfileOptions> options)
{
    public const string Birthday = "birthday";
    public const string Phone = "phone";
    public const string Address = "address";
    public const string Interests = "interests";
    public const string Channel = "channel";
    public const string Company = "company";

    /// <summary>In the order they are asked for; also the names in <c>profile.completed(field)</c>.</summary>
    public static readonly IReadOnlyList<string> All = [Birthday, Phone, Address, Interests, Channel, Company];

    public static readonly IReadOnlyList<string> Channels = ["email", "whatsapp", "sms"];

    public IReadOnlyList<string> KnownInterests => options.Value.AllInterests;

    public static bool IsGiven(MemberRow member, string field) => field switch
    {
        Birthday => member.Birthday is not null,
        Phone => member.Phone is not null,
        Address => member.Street is not null,
        Interests => member.Interests is not null,
        Channel => member.PreferredChannel is not null,
        Company => member.Company is not null,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "There is no such profile field."),
    };

    public static ProfileValues Read(MemberRow member) => new()
    {
        Birthday = member.Birthday?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        Phone = member.Phone,
        Street = member.Street,
        City = member.City,
        PostalCode = member.PostalCode,
        Interests = [.. member.Interests?.Split(',') ?? []],
        Channel = member.PreferredChannel,
        Company = member.Company,
        TaxNumber = member.CompanyTaxNumber,
    };

    /// <summary>Writes one field into the member's row, or says why not. Nothing typed empties the field.</summary>
    public Refusal? Write(MemberRow member, string field, ProfileValues typed, DateOnly today) => field switch
    {
        Birthday => WriteBirthday(member, Clean(typed.Birthday), today),
        Phone => WritePhone(member, Clean(typed.Phone)),
        Address => WriteAddress(member, Clean(typed.Street), Clean(typed.City), Clean(typed.PostalCode)),
        Interests => WriteInterests(member, typed.Interests),
        Channel => WriteChannel(member, Clean(typed.Channel)),
        Company => WriteCompany(member, Clean(typed.Company), Clean(typed.TaxNumber)),
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "There is no such profile field."),
    };

    private static Refusal? WriteBirthday(MemberRow member, string? typed, DateOnly today)
    {
        if (!DateOnly.TryParseExact(typed, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day)
            || day.Year < 1900 || day > today)
            return new("birthday.invalid", nameof(ProfileValues.Birthday));
        // Who could move the birthday would have one every month.
        if (member.Birthday is { } known && known != day)
            return new("birthday.fixed", nameof(ProfileValues.Birthday));
        member.Birthday = day;
        return null;
    }

    private static Refusal? WritePhone(MemberRow member, string? typed)
    {
        var number = typed is null ? null : Separators().Replace(typed, "");
        if (number is not null && !Number().IsMatch(number))
            return new("phone.invalid", nameof(ProfileValues.Phone));
        if (number is null && member.PreferredChannel is "whatsapp" or "sms")
            return new("phone.needed", nameof(ProfileValues.Phone));
        member.Phone = number;
        return null;
    }

    private static Refusal? WriteAddress(MemberRow member, string? street, string? city, string? postalCode)
    {
        if (street is null != city is null)
            return new("address.incomplete", street is null ? nameof(ProfileValues.Street) : nameof(ProfileValues.City));
        if (Unusable(street, 200))
            return new("text.unusable", nameof(ProfileValues.Street), 200);
        if (Unusable(city, 100))
            return new("text.unusable", nameof(ProfileValues.City), 100);
        if (Unusable(postalCode, 12))
            return new("text.unusable", nameof(ProfileValues.PostalCode), 12);
        (member.Street, member.City, member.PostalCode) = (street, city, street is null ? null : postalCode);
        return null;
    }

    private Refusal? WriteInterests(MemberRow member, IReadOnlyCollection<string> chosen)
    {
        var known = KnownInterests.Where(chosen.Contains).ToList();
        member.Interests = known.Count > 0 ? string.Join(',', known) : null;
        return null;
    }

    private static Refusal? WriteChannel(MemberRow member, string? channel)
    {
        if (channel is not null && !Channels.Contains(channel))
            return new("channel.unknown", nameof(ProfileValues.Channel));
        if (channel is "whatsapp" or "sms" && member.Phone is null)
            return new("channel.phone", nameof(ProfileValues.Channel));
        member.PreferredChannel = channel;
        return null;
    }

    private static Refusal? WriteCompany(MemberRow member, string? company, string? taxNumber)
    {
        if (Unusable(company, 200))
            return new("text.unusable", nameof(ProfileValues.Company), 200);
        if (Unusable(taxNumber, 40))
            return new("text.unusable", nameof(ProfileValues.TaxNumber), 40);
        if (company is null && taxNumber is not null)
            return new("company.missing", nameof(ProfileValues.Company));
        (member.Company, member.CompanyTaxNumber) = (company, taxNumber);
        return null;
    }

    private static string? Clean(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    private static bool Unusable(string? text, int longest) => text is not null && (text.Length > longest || !HeaderValue.IsSafe(text));

    [GeneratedRegex(@"[\s().\-]")]
    private static partial Regex Separators();

    [GeneratedRegex(@"^\+?[0-9]{8,15}$")]
    private static partial Regex Number();
}
