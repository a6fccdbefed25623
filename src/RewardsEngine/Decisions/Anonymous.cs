using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Members;

namespace RewardsEngine.Decisions;

/// <summary>
/// Takes out of stored inputs and explanations what tells who a person was. Points, counters, tier, prices and every award
/// stay: books and refunds need them. A decision whose rules asked for what is gone can no longer be replayed exactly.
/// </summary>
public static class Anonymous
{
    private static readonly HashSet<string> Personal =
    [
        Fields.CustomerBirthday.Name, Fields.CustomerAgeGroup.Name, Fields.CustomerCity.Name, Fields.CustomerInterests.Name,
        Fields.CustomerLanguage.Name, Fields.CustomerCompany.Name,
    ];

    /// <summary>The member as read, without the person.</summary>
    public static MemberSnapshot Of(MemberSnapshot member) => member with
    {
        Language = null,
        BirthDate = null,
        City = null,
        Country = null,
        Company = null,
        Interests = [],
        Attributes = new Dictionary<string, FieldValue>(),
    };

    /// <summary>The activity without the free texts that a company may have declared for it.</summary>
    public static Activity Of(Activity activity) => activity is Custom custom
        ? custom with { Fields = custom.Fields.Where(field => field.Value.Kind != FieldKind.Text).ToDictionary() }
        : activity;

    /// <summary>The explanation without the values that were found of the person.</summary>
    public static Explanation Of(Explanation explanation) =>
        explanation with { Missed = [.. explanation.Missed.Select(missed => missed with { Failed = [.. missed.Failed.Select(Of)] })] };

    private static FailedPart Of(FailedPart part)
    {
        if (part.Subject is { } subject && Personal.Contains(subject)) return part with { Actual = null };
        return Personal.Any(name => part.Text.Contains(name, StringComparison.Ordinal)) ? part with { Needed = [], Actual = null } : part;
    }
}
