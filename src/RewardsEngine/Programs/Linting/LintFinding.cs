using RewardsEngine.Values;

namespace RewardsEngine.Programs.Linting;

/// <summary>What is odd about a rule that could be published.</summary>
public enum LintKind
{
    /// <summary>It can never apply: its condition, audience and schedule never hold together.</summary>
    NeverApplies,

    /// <summary>One of several alternatives of its condition can never hold.</summary>
    DeadAlternative,

    /// <summary>A test of its condition holds for every value: it asks nothing.</summary>
    AlwaysHolds,

    /// <summary>A test follows from another one, or an alternative is covered by another.</summary>
    Redundant,

    /// <summary>Its schedule is over, or holds no day or hour.</summary>
    NeverInForce,

    /// <summary>Another rule always comes first and keeps it from applying.</summary>
    Shadowed,

    /// <summary>Another rule says exactly the same.</summary>
    Duplicate,

    /// <summary>Two exclusive rules can apply to the same activity; only one of them will.</summary>
    OverlappingExclusives,

    /// <summary>It begins or has a code, but no end and nothing that stops it.</summary>
    MissingEnd,

    /// <summary>Nothing bounds what it may cost.</summary>
    UnboundedCost,

    /// <summary>It gives more than the customer pays.</summary>
    GivesTooMuch,

    /// <summary>Its code is that of another rule, or looks like it.</summary>
    CodeClash,

    /// <summary>It asks for a tier, or gives one, that nobody can reach or that does not exist.</summary>
    UnreachableTier,

    /// <summary>It asks for a segment that does not exist.</summary>
    UnknownSegment,

    /// <summary>A number is of another unit than it is compared with: pieces like money, money like pieces.</summary>
    MixedUnits,

    /// <summary>A cap, budget or limit is smaller than what it gives at once: it gives nothing.</summary>
    GivesNothing,

    /// <summary>It stands in a group that the programme does not declare.</summary>
    UnknownGroup,
}

/// <summary>Something odd about a rule. What is told is certain or at least worth a look; it never stands in the way of publishing.</summary>
/// <param name="Kind">What.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Path">The field: <c>condition</c>, <c>schedule.to</c>, <c>effects[0]</c>.</param>
/// <param name="Message">In both languages; <c>{0}</c> and so on stand for <paramref name="Arguments"/>.</param>
/// <param name="Arguments">The values in the message, as written in the rule; the key of another rule stands for <paramref name="Other"/>.</param>
/// <param name="Other">The other rule that it is about.</param>
/// <param name="Start">Where in the field's text it begins; null: the whole field.</param>
/// <param name="Length">How many characters.</param>
public sealed record LintFinding(
    LintKind Kind, RuleId Rule, string Path, LocalizedText Message, IReadOnlyList<string> Arguments, RuleId? Other = null, int? Start = null, int? Length = null)
{
    /// <summary>The message in Indonesian or English.</summary>
    /// <param name="language"><c>id</c> or <c>en</c>.</param>
    /// <param name="names">What staff know another rule by; its key when absent.</param>
    public string In(string language, Func<RuleId, string>? names = null) => string.Format(
        System.Globalization.CultureInfo.InvariantCulture, Message.In(language),
        [.. Arguments.Select(argument => Other is { } other && argument == other.Value && names is not null ? names(other) : argument)]);
}
