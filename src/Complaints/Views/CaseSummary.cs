using Complaints.Calendars;
using Complaints.Cases;
using Complaints.Timing;

namespace Complaints.Views;

/// <summary>Whose turn it is.</summary>
public enum Turn
{
    /// <summary>The company's.</summary>
    Company,
    /// <summary>The customer's: a question, a decision, or a rating.</summary>
    Customer,
    /// <summary>Somebody outside.</summary>
    ThirdParty,
    /// <summary>Nobody's: it is over.</summary>
    Nobody,
}

/// <summary>What happens next.</summary>
public enum NextStep
{
    /// <summary>The receipt is confirmed.</summary>
    Acknowledgement,
    /// <summary>A person replies for the first time.</summary>
    FirstReply,
    /// <summary>A person replies to the last message.</summary>
    Reply,
    /// <summary>The decision is sent.</summary>
    Decision,
    /// <summary>The customer answers a question.</summary>
    CustomerAnswer,
    /// <summary>The customer accepts or disputes the decision.</summary>
    CustomerVerdict,
    /// <summary>The final decision is sent.</summary>
    FinalDecision,
    /// <summary>What was promised is given.</summary>
    Remedy,
    /// <summary>The case is closed.</summary>
    Closing,
    /// <summary>Nothing; it may be opened again until the date.</summary>
    MayReopen,
    /// <summary>Nothing.</summary>
    None,
}

/// <summary>The one sentence on top of a case, as data: state, whose turn it is, next step, date.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Turn">Whose turn it is.</param>
/// <param name="NextStep">What happens next.</param>
/// <param name="Date">By when, or until when; null when it depends on the customer alone.</param>
/// <param name="ClockStandsStillSince">Since when the decision clock stands still.</param>
/// <param name="OriginalDate">The date that was missed and that <paramref name="Date"/> replaces; null when none was. Show the new date, the reason and an apology.</param>
/// <param name="DateReason">The reason staff gave for the new date.</param>
public sealed record CaseSummary(CaseState State, Turn Turn, NextStep NextStep, DateTime? Date, DateTime? ClockStandsStillSince, DateTime? OriginalDate, string? DateReason)
{
    /// <summary>What the customer sees of a case now.</summary>
    public static CaseSummary For(Case @case, IReadOnlyList<ClockReading> clocks, ServicePolicy policy, WorkingCalendar calendar, DateTime asOf)
    {
        var (turn, step, clock) = Next(@case, clocks);
        var reading = clock is { } kind ? clocks.LastOrDefault(c => c.Kind == kind && c.IsOpen) : null;
        var standsStill = clocks.FirstOrDefault(c => c.Status == ClockStatus.Paused)?.PausedSince;
        if (reading?.Due is not { } due)
            return new(@case.State, turn, step, step == NextStep.MayReopen ? @case.ClosedAt?.AddDays(policy.ReopenDays) : null, standsStill, null, null);
        var promise = @case.Promise is { } promised && promised.Date > asOf && Promises(step) ? promised : null;
        if (reading.Status != ClockStatus.Breached) return new(@case.State, turn, step, promise?.Date ?? due, standsStill, null, promise?.Reason);
        return new(@case.State, turn, step, promise?.Date ?? Extended(due, policy.Extension, calendar, asOf), standsStill, WasTold(@case, reading) ? due : null, promise?.Reason);
    }

    // A higher priority can put a date into the past that nobody ever named to the customer.
    private static bool WasTold(Case @case, ClockReading reading)
    {
        var breach = @case.History.Index().FirstOrDefault(e => e.Item is ClockBreached b && b.Clock == reading.Id, (@case.Version, null!)).Index;
        return !@case.History.Take(breach).Any(e => e is CaseAssessed && reading.Due <= e.At);
    }

    private static (Turn, NextStep, ClockKind?) Next(Case @case, IReadOnlyList<ClockReading> clocks) => @case.State switch
    {
        CaseState.Submitted => (Turn.Company, NextStep.Acknowledgement, ClockKind.Acknowledge),
        CaseState.WaitingForCustomer => (Turn.Customer, NextStep.CustomerAnswer, null),
        CaseState.WaitingForThirdParty => (Turn.ThirdParty, NextStep.Decision, ClockKind.Decision),
        CaseState.DecisionSent => (Turn.Customer, NextStep.CustomerVerdict, null),
        CaseState.Disputed or CaseState.SecondReview => (Turn.Company, NextStep.FinalDecision, ClockKind.Decision),
        CaseState.Accepted or CaseState.FinalDecisionSent => (Turn.Company, @case.Decision is { HasRemedy: true } ? NextStep.Remedy : NextStep.Closing, null),
        CaseState.RemedyDelivered or CaseState.NoAnswer => (Turn.Company, NextStep.Closing, null),
        CaseState.Closed => (Turn.Nobody, NextStep.MayReopen, null),
        CaseState.Withdrawn or CaseState.Duplicate or CaseState.OutOfScope => (Turn.Nobody, NextStep.None, null),
        _ when clocks.Any(c => c is { Kind: ClockKind.FirstReply, IsOpen: true }) => (Turn.Company, NextStep.FirstReply, ClockKind.FirstReply),
        _ when clocks.Any(c => c is { Kind: ClockKind.NextReply, IsOpen: true }) => (Turn.Company, NextStep.Reply, ClockKind.NextReply),
        _ => (Turn.Company, NextStep.Decision, ClockKind.Decision),
    };

    private static bool Promises(NextStep step) => step is NextStep.Decision or NextStep.FinalDecision;

    private static DateTime Extended(DateTime due, TimeSpan extension, WorkingCalendar calendar, DateTime asOf) =>
        calendar.Add(due > asOf ? due : calendar.Add(due, Multiple(calendar.WorkingTimeBetween(due, asOf), extension)), extension);

    // Whole extensions that have passed already, so that the date told moves in steps and not with every look.
    private static TimeSpan Multiple(TimeSpan late, TimeSpan extension) => extension <= TimeSpan.Zero
        ? throw new ArgumentOutOfRangeException(nameof(extension), "An extension is longer than nothing.")
        : extension * (late.Ticks / extension.Ticks);
}
