using System.Collections.Immutable;

namespace RewardsEngine.Accounting;

/// <summary>A tier and what it takes.</summary>
/// <param name="Code">Permanent key.</param>
/// <param name="Minimum">The least value that reaches it; the lowest tier has 0.</param>
public sealed record TierStep(string Code, long Minimum);

/// <summary>What a tier is reached by.</summary>
public enum TierBasis
{
    /// <summary>Qualifying points earned in the window, whatever was spent.</summary>
    EarnedInWindow,

    /// <summary>The points balance.</summary>
    Balance,
}

/// <summary>From when a tier reached counts.</summary>
public enum TierStart
{
    /// <summary>From the day it is reached.</summary>
    Immediate,

    /// <summary>From the first day of the next period.</summary>
    NextPeriod,
}

/// <summary>Until when a tier reached counts.</summary>
public enum TierExpiry
{
    /// <summary>The end of the period in which it starts.</summary>
    EndOfPeriod,

    /// <summary>The end of the period after the one in which it was reached.</summary>
    EndOfNextPeriod,
}

/// <summary>What happens when a tier is not reached again.</summary>
public enum DowngradePolicy
{
    /// <summary>It is kept.</summary>
    None,

    /// <summary>One tier down, at most.</summary>
    OneDown,

    /// <summary>Down to the tier the value reaches.</summary>
    ToFit,
}

/// <summary>The programme's tier rules.</summary>
public sealed record TierSettings
{
    /// <summary>Lowest first; the first has minimum 0.</summary>
    public required ImmutableArray<TierStep> Steps { get; init; }

    /// <summary>Default: earned in the window.</summary>
    public TierBasis Basis { get; init; } = TierBasis.EarnedInWindow;

    /// <summary>Default: calendar year.</summary>
    public CalendarPeriod Period { get; init; } = CalendarPeriod.Year;

    /// <summary>Default: at once.</summary>
    public TierStart Start { get; init; } = TierStart.Immediate;

    /// <summary>Default: end of the next period.</summary>
    public TierExpiry Expiry { get; init; } = TierExpiry.EndOfNextPeriod;

    /// <summary>Days added to the end.</summary>
    public int ExtendDays { get; init; }

    /// <summary>Default: down to fit.</summary>
    public DowngradePolicy Downgrade { get; init; } = DowngradePolicy.ToFit;

    /// <summary>Days after the end in which the tier is still kept and can still be reached again.</summary>
    public int GraceDays { get; init; }
}

/// <summary>A member's tier.</summary>
/// <param name="Tier">Its code.</param>
/// <param name="Valid">From and through; the lowest tier has no end.</param>
/// <param name="Before">The tier until it begins, when it begins later (<see cref="TierStart.NextPeriod"/>).</param>
public sealed record TierStanding(string Tier, DayRange Valid, string? Before = null)
{
    /// <summary>The tier that counts on a day.</summary>
    public string On(DateOnly day) => day < Valid.First && Before is { } before ? before : Tier;
}

/// <summary>What a review did.</summary>
public enum TierChange
{
    /// <summary>Nothing.</summary>
    Kept,

    /// <summary>Reached again: a new end.</summary>
    Renewed,

    /// <summary>Higher.</summary>
    Upgraded,

    /// <summary>Lower.</summary>
    Downgraded,
}

/// <summary>The outcome of a review.</summary>
/// <param name="Change">What it did.</param>
/// <param name="Standing">The standing that follows; it may begin in the future (<see cref="TierStart.NextPeriod"/>).</param>
public sealed record TierReview(TierChange Change, TierStanding Standing);

/// <summary>Tier arithmetic.</summary>
public static class Tiers
{
    /// <summary>The highest tier a value reaches, in whatever order they stand; the lowest if it reaches none.</summary>
    public static TierStep Reached(ImmutableArray<TierStep> steps, long value)
    {
        TierStep? reached = null, lowest = null;
        foreach (var step in steps)
        {
            if (step.Minimum <= value && !(step.Minimum < reached?.Minimum)) reached = step;
            if (!(step.Minimum >= lowest?.Minimum)) lowest = step;
        }
        return reached ?? lowest!;
    }

    /// <summary>What is missing to the next tier above a value; null on the highest.</summary>
    public static (TierStep Tier, long Missing)? Next(ImmutableArray<TierStep> steps, long value) =>
        steps.Where(step => step.Minimum > value).MinBy(step => step.Minimum) is { } next ? (next, next.Minimum - value) : null;

    /// <summary>The tier that follows at the end of a tier's time.</summary>
    public static TierStep AtReview(ImmutableArray<TierStep> steps, string current, long value, DowngradePolicy policy)
    {
        var reached = Reached(steps, value);
        var ordered = steps.Sort((left, right) => left.Minimum.CompareTo(right.Minimum));
        var now = IndexOf(ordered, current);
        if (now < 0 || ordered[now].Minimum <= reached.Minimum) return reached;
        return policy switch
        {
            DowngradePolicy.None => ordered[now],
            DowngradePolicy.OneDown => ordered[now - 1],
            _ => reached,
        };
    }

    /// <summary>From when until when a tier reached on a day counts.</summary>
    public static DayRange Window(DateOnly reached, CalendarPeriod period, TierStart start, TierExpiry expiry, int extendDays = 0)
    {
        var first = start == TierStart.Immediate ? reached : period.After(reached).First;
        var last = expiry == TierExpiry.EndOfPeriod ? period.Containing(first).Last : period.After(reached).Last;
        return new DayRange(first, last.AddDays(extendDays));
    }

    /// <summary>
    /// Reviews a standing on a day. A higher tier counts as soon as the settings say; a lower one only after the end and grace
    /// of the present one, judged by the period that ended. Safe to repeat: reviewing the outcome again changes nothing.
    /// </summary>
    /// <param name="settings">The programme's rules.</param>
    /// <param name="current">The present standing; null for a new member.</param>
    /// <param name="valueIn">The qualifying value in a range of days; for <see cref="TierBasis.Balance"/> the balance, whatever the range.</param>
    /// <param name="today">The programme's day.</param>
    public static TierReview Review(TierSettings settings, TierStanding? current, Func<DayRange, long> valueIn, DateOnly today)
    {
        var lowest = settings.Steps.MinBy(step => step.Minimum)!;
        current ??= new TierStanding(lowest.Code, new DayRange(today, DateOnly.MaxValue));
        var present = settings.Steps.FirstOrDefault(step => step.Code == current.Tier) ?? lowest;
        var reached = Reached(settings.Steps, valueIn(settings.Period.Window(today)));
        if (reached.Minimum > present.Minimum)
        {
            var valid = Window(today, settings.Period, settings.Start, settings.Expiry, settings.ExtendDays);
            return new TierReview(TierChange.Upgraded, Standing(reached, valid) with { Before = valid.First > today ? current.On(today) : null });
        }
        if (present == lowest || today <= current.Valid.Last) return new TierReview(TierChange.Kept, current);

        var ended = settings.Period.Window(current.Valid.Last.AddDays(-settings.ExtendDays)).First;
        var value = valueIn(new DayRange(ended, today));
        var again = Reached(settings.Steps, value).Minimum >= present.Minimum;
        if (!again && today <= EndOfGrace(current, settings)) return new TierReview(TierChange.Kept, current);
        var next = again ? present : AtReview(settings.Steps, present.Code, value, settings.Downgrade);
        var window = Window(today, settings.Period, TierStart.Immediate, TierExpiry.EndOfPeriod, settings.ExtendDays);
        return new TierReview(next == present ? TierChange.Renewed : TierChange.Downgraded, Standing(next, window));

        TierStanding Standing(TierStep step, DayRange valid) =>
            new(step.Code, step == lowest ? valid with { Last = DateOnly.MaxValue } : valid);
    }

    private static DateOnly EndOfGrace(TierStanding standing, TierSettings settings) =>
        standing.Valid.Last > DateOnly.MaxValue.AddDays(-settings.GraceDays) ? DateOnly.MaxValue : standing.Valid.Last.AddDays(settings.GraceDays);

    private static int IndexOf(ImmutableArray<TierStep> steps, string code)
    {
        for (var index = 0; index < steps.Length; index++)
            if (steps[index].Code == code) return index;
        return -1;
    }
}
