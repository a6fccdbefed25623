using System.Text.Json.Serialization;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions;

/// <summary>Why a decision is what it is. One structure, rendered for customers and for staff by <see cref="Explanation"/>.</summary>
public sealed record Explanation
{
    /// <summary>Every rule that applied, in order.</summary>
    public IReadOnlyList<AppliedRule> Applied { get; init; } = [];

    /// <summary>The nearest rules that did not apply, at most 20.</summary>
    public IReadOnlyList<MissedRule> Missed { get; init; } = [];

    /// <summary>How many other rules did not apply, by reason.</summary>
    public IReadOnlyList<MissCount> Others { get; init; } = [];
}

/// <summary>A rule that applied, with its arithmetic.</summary>
public sealed record AppliedRule
{
    /// <summary>The rule.</summary>
    public required RuleId Rule { get; init; }

    /// <summary>Its version.</summary>
    public required int Version { get; init; }

    /// <summary>Its name then.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>The arithmetic, in order.</summary>
    public required IReadOnlyList<ArithmeticStep> Steps { get; init; }

    /// <summary>What it took off.</summary>
    public decimal Discount { get; init; }

    /// <summary>Points it gave, in the wallet's smallest unit.</summary>
    public long Points { get; init; }

    /// <summary>The code that brought it into play.</summary>
    public string? Code { get; init; }
}

/// <summary>Why a rule did not apply.</summary>
public enum MissReason
{
    /// <summary>Its status is not live.</summary>
    NotLive,

    /// <summary>Its schedule has not begun or is over.</summary>
    OutsideSchedule,

    /// <summary>The member is not in its audience.</summary>
    NotInAudience,

    /// <summary>It needs a code or a choice that was not given.</summary>
    CodeNotGiven,

    /// <summary>The code is not known.</summary>
    CodeUnknown,

    /// <summary>The code belongs to somebody else.</summary>
    CodeOfAnother,

    /// <summary>The code or voucher has no use left.</summary>
    CodeUsed,

    /// <summary>The code or voucher is not valid on this day, reserved or revoked.</summary>
    CodeNotValid,

    /// <summary>Its condition does not hold.</summary>
    ConditionFailed,

    /// <summary>Its limit of uses is reached.</summary>
    LimitReached,

    /// <summary>Its budget does not hold the award.</summary>
    BudgetExceeded,

    /// <summary>A cap does not hold the award.</summary>
    CapReached,

    /// <summary>It was used up by somebody else in the same moment.</summary>
    Exhausted,

    /// <summary>Another rule of its group was better or came first.</summary>
    OtherOfGroup,

    /// <summary>An exclusive rule applied alone.</summary>
    ExclusiveApplied,

    /// <summary>An earlier rule stopped the ones after it.</summary>
    Stopped,

    /// <summary>It would change nothing.</summary>
    NothingToChange,

    /// <summary>What it gives is out of stock.</summary>
    OutOfStock,
}

/// <summary>A rule that did not apply.</summary>
public sealed record MissedRule
{
    /// <summary>The rule.</summary>
    public required RuleId Rule { get; init; }

    /// <summary>Its version.</summary>
    public required int Version { get; init; }

    /// <summary>Its name then.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>Why.</summary>
    public required MissReason Reason { get; init; }

    /// <summary>Every part of the condition that failed, for <see cref="MissReason.ConditionFailed"/>.</summary>
    public IReadOnlyList<FailedPart> Failed { get; init; } = [];

    /// <summary>The other rule, for <see cref="MissReason.OtherOfGroup"/>, <see cref="MissReason.ExclusiveApplied"/> and <see cref="MissReason.Stopped"/>.</summary>
    public RuleId? Because { get; init; }

    /// <summary>The customer may see it: it is for them and no secret code is needed.</summary>
    public bool ForCustomer { get; init; }

    /// <summary>What would make it apply, confirmed by a decision; null when more than one thing is missing.</summary>
    public Hint? Hint { get; init; }
}

/// <summary>What one change would bring, confirmed by a decision.</summary>
/// <param name="Change">What to change: a name of the expression language, <c>order.total</c>, <c>customer.tier</c>, <c>now.date</c>; a counter; or <c>line</c> for a line that is not in the cart.</param>
/// <param name="Needed">The value needed.</param>
/// <param name="Missing">How much is missing; null when it is not a quantity.</param>
/// <param name="Points">Points more then.</param>
/// <param name="Discount">Discount more then.</param>
/// <param name="Where">The lines that it is about, as a condition on a line; null: any.</param>
public sealed record Hint(
    string Change, ExplainedValue Needed, ExplainedValue? Missing, long Points, decimal Discount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Where = null);

/// <summary>How many rules did not apply for a reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Count">How many.</param>
public sealed record MissCount(MissReason Reason, int Count);

/// <summary>A part of a condition that failed.</summary>
/// <param name="Text">The part as written.</param>
/// <param name="Subject">What was looked at, if it is one thing: <c>order.total</c>.</param>
/// <param name="Operator">The comparison: <c>&gt;=</c>, <c>in</c>, <c>between</c>, <c>starts with</c>, <c>today is</c>, <c>lines</c>.</param>
/// <param name="Negated">The opposite was asked.</param>
/// <param name="Needed">What was needed: one value, a list, or two bounds.</param>
/// <param name="Actual">What was found; null: not given.</param>
public sealed record FailedPart(string Text, string? Subject, string Operator, bool Negated, IReadOnlyList<ExplainedValue> Needed, ExplainedValue? Actual);

/// <summary>The kinds of value in an explanation.</summary>
public enum ExplainedKind
{
    /// <summary>An amount in the programme's currency.</summary>
    Money,

    /// <summary>A number or quantity.</summary>
    Number,

    /// <summary>Points.</summary>
    Points,

    /// <summary>A text, or texts separated by comma.</summary>
    Text,

    /// <summary>A day.</summary>
    Date,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>A length of time in days.</summary>
    Days,
}

/// <summary>A value in an explanation, written for the reader only when it is rendered.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">The number of money, number, points, days, or 1 and 0 of a flag.</param>
/// <param name="Text">The text.</param>
/// <param name="Date">The day.</param>
public sealed record ExplainedValue(
    ExplainedKind Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? Number = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateOnly? Date = null);
