using Complaints.Timing;

namespace Complaints.Cases;

/// <summary>
/// Decides what a command makes of a case. Pure: the same case, command and circumstances always give the same events.
/// Every step first records the breaches that happened before it, so that a late answer never turns a missed date into
/// a met one.
/// </summary>
public static class CaseMachine
{
    /// <summary>Files a complaint.</summary>
    public static CaseResult Submit(CaseId id, SubmitCase command, CaseContext context)
    {
        if (string.IsNullOrWhiteSpace(command.Text))
            return CaseResult.Refused(new(CaseRefusalCode.TextMissing, CaseState.Submitted, "A complaint says what happened."));
        var events = new List<CaseEvent>
        {
            new CaseSubmitted(context.At, context.By, command.Reference, command.Channel, command.Language, command.Category, command.Text,
                command.DesiredRemedy, command.PurchaseId, command.RewardId, command.Attachments ?? [], context.Rules, command.PreviousCase),
        };
        if (command.MemberId is { } member) events.Add(new CaseLinked(context.At, context.By, member, LinkProof.SignedIn));
        return CaseResult.Of(Case.Replay(id, events), events);
    }

    /// <summary>Takes a step, or refuses it.</summary>
    /// <exception cref="ArgumentException">Policy or calendar of the context are not the case's: a mistake of the caller.</exception>
    public static CaseResult Apply(Case @case, CaseCommand command, CaseContext context)
    {
        context = Consistent(@case, context);
        if (context.ExpectedVersion is { } seen && seen != @case.Version)
            return Refuse(@case, CaseRefusalCode.Stale, $"Version {seen} was seen, {@case.Version} is current.");
        var rule = CaseProcess.Rules[command.Step];
        if (!rule.From.Contains(@case.State)) return Refuse(@case, CaseRefusalCode.IllegalStep, $"{command.Step} does not exist in state {@case.State}.");
        if (!rule.By.Contains(context.By.Kind)) return Refuse(@case, CaseRefusalCode.NotAllowed, $"{command.Step} is not for {context.By.Kind}.");

        var step = CaseSteps.Take(@case, command, context);
        if (step.Refusal is { } code) return Refuse(@case, code, $"{command.Step} in state {@case.State}: {code}.");
        return Record(@case, step.Events, context);
    }

    /// <summary>Records what time alone brought: breaches, and escalation levels that have come due. No events when nothing did.</summary>
    /// <inheritdoc cref="Apply" path="/exception"/>
    public static CaseResult Tick(Case @case, CaseContext context)
    {
        context = Consistent(@case, context with { By = Actor.Portal });
        var clocks = Clocks.Of(@case, context.Policy, context.Calendar, context.At);
        var escalations = @case.State.IsEnded()
            ? []
            : Escalations.Of(@case, clocks, context.Policy, context.Calendar)
                .Where(e => e.FiresAt <= context.At)
                .Select(e => (CaseEvent)new EscalationRaised(context.At, Actor.Portal, e.Clock, e.Level.Key));
        return Record(@case, [.. escalations], context);
    }

    /// <summary>When the next reminder may go out, or, after the last one, when the case counts as unanswered; null when nothing is awaited.</summary>
    public static DateTime? NextReminderAt(Case @case, CaseContext context) => @case.WaitingSince is { } since
        ? context.Calendar.AddWorkingDays(@case.LastReminderAt ?? since, context.Policy.ReminderWorkingDays)
        : null;

    private static CaseResult Record(Case @case, IReadOnlyList<CaseEvent> events, CaseContext context)
    {
        var breaches = Clocks.Of(@case, context.Policy, context.Calendar, context.At)
            .Where(c => c is { IsOpen: true, Status: ClockStatus.Breached, BreachRecorded: false })
            .Select(c => (CaseEvent)new ClockBreached(context.At, Actor.Portal, c.Id, c.Due!.Value));
        var late = @case.With([.. breaches]);
        var next = late.With(events);
        var stops = Stops(late, next, context);
        IReadOnlyList<CaseEvent> all = [.. late.History.Skip(@case.Version), .. events, .. stops];
        return CaseResult.Of(next.With(stops), all);
    }

    // Due dates are read from before the step: what it changes must not change what it met.
    private static IReadOnlyList<CaseEvent> Stops(Case before, Case after, CaseContext context)
    {
        var due = Clocks.Of(before, context.Policy, context.Calendar, context.At).Where(c => c.IsOpen).ToDictionary(c => c.Id, c => c.Due);
        return [.. ClockRun.Of(after.History)
            .Where(r => r.StoppedAt is not null && due.ContainsKey(r.Id))
            .Select(r => new ClockStopped(context.At, context.By, r.Id, due[r.Id], !r.EndedWithCase))];
    }

    private static CaseContext Consistent(Case @case, CaseContext context)
    {
        if (context.Rules != @case.Rules)
            throw new ArgumentException($"The case is measured by {@case.Rules}, not by {context.Rules}.", nameof(context));
        // Clocks of two nodes differ a little; a history never runs backwards.
        return context.At < @case.LastEventAt ? context with { At = @case.LastEventAt } : context;
    }

    private static CaseResult Refuse(Case @case, CaseRefusalCode code, string detail) => CaseResult.Refused(new(code, @case.State, detail));
}
