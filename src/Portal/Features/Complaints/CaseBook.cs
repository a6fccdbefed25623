using Complaints.Cases;
using Complaints.Json;
using Complaints.Timing;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints.Thread;
using Portal.Platform.Live;

namespace Portal.Features.Complaints;

/// <summary>A case made from its events, with its row and the rules it is measured by.</summary>
internal sealed record OpenCase(CaseRow Row, Case Case, RulesOfCase Rules)
{
    public CaseContext Context(DateTime at, Actor by, int? expectedVersion = null) => new(at, by, Rules.Policy, Rules.Calendar, expectedVersion);

    public IReadOnlyList<ClockReading> Clocks(DateTime at) => global::Complaints.Timing.Clocks.Of(Case, Rules.Policy, Rules.Calendar, at < Case.LastEventAt ? Case.LastEventAt : at);
}

/// <summary>Reads cases from their stored events and appends to them.</summary>
internal sealed class CaseBook(ServiceRules rules, LiveChanges changes)
{
    /// <summary>Reads a case without the wish to change it; null when the filter finds none.</summary>
    public async Task<OpenCase?> ReadAsync(PortalDb db, IQueryable<CaseRow> one, CancellationToken cancel) =>
        await one.AsNoTracking().SingleOrDefaultAsync(cancel) is { } row ? await LoadAsync(db, row, cancel) : null;

    /// <summary>Locks a case within the open transaction: two steps on one case happen one after the other.</summary>
    public async Task<OpenCase?> LockAsync(PortalDb db, IQueryable<CaseRow> one, CancellationToken cancel)
    {
        var id = await one.AsNoTracking().Select(c => (Guid?)c.Id).SingleOrDefaultAsync(cancel);
        if (id is null)
            return null;
        var row = db.IsPostgres
            ? await db.Set<CaseRow>().FromSql($"""SELECT * FROM cases WHERE "Id" = {id.Value} FOR UPDATE""").SingleAsync(cancel)
            : await db.Set<CaseRow>().SingleAsync(c => c.Id == id, cancel);
        return await LoadAsync(db, row, cancel);
    }

    /// <summary>Adds the new events to the open context and writes the row's cache anew.</summary>
    public async Task<OpenCase> AppendAsync(PortalDb db, CaseRow row, CaseResult result, DateTime now, CancellationToken cancel)
    {
        var changed = result.Changed ?? throw new InvalidOperationException("A refused step leaves no events.");
        foreach (var happened in result.NewEvents)
        {
            var stored = CaseEvents.ToJson(happened);
            db.Add(new CaseEventRow { CaseId = row.Id, Sequence = ++row.Version, Type = stored.Type, Version = stored.Version, Payload = stored.Payload, At = happened.At });
        }
        var open = new OpenCase(row, changed, await rules.GetAsync(db, changed.Rules, cancel));
        // Joining memberships moves the row to another account than the history names, so only a new link writes it.
        if (result.NewEvents.OfType<CaseLinked>().LastOrDefault() is { } link)
            row.MemberId = new(Guid.Parse(link.MemberId));
        WriteCache(open, now);
        if (result.NewEvents.Count > 0)
            await changes.SayAsync(db, CaseLive.Topic(row.Id), cancel);
        return open;
    }

    private async Task<OpenCase> LoadAsync(PortalDb db, CaseRow row, CancellationToken cancel)
    {
        var stored = await db.Set<CaseEventRow>().AsNoTracking().Where(e => e.CaseId == row.Id).OrderBy(e => e.Sequence)
            .Select(e => new StoredEvent(e.Type, e.Version, e.Payload)).ToListAsync(cancel);
        var @case = Case.Replay(new(row.Id), [.. stored.Select(CaseEvents.FromJson)]);
        return new(row, @case, await rules.GetAsync(db, @case.Rules, cancel));
    }

    private static void WriteCache(OpenCase open, DateTime now)
    {
        var (row, @case, rules) = open;
        var clocks = open.Clocks(now);
        row.State = @case.State;
        row.Priority = @case.Priority;
        row.IsOpen = @case.State.IsOpen();
        Guid? assignee = Guid.TryParse(@case.Assignee, out var id) ? id : null;
        if (assignee is not null && assignee != row.AssigneeId)
            row.AssignedAt = now;
        row.AssigneeId = assignee;
        row.Team = @case.Team;
        row.Tags = @case.Tags.Count == 0 ? null : string.Join(',', @case.Tags);
        row.Escalation = row.IsOpen ? EscalationOf(open, clocks) : 0;
        (row.VisitAt, row.Technician, row.VisitReported) = (@case.Visit?.Visit, @case.Visit?.Technician, @case.VisitReport is not null);
        row.Figures = CaseFigures.Of(@case, clocks, rules.Calendar);
        row.NextDueAt = row.IsOpen ? Clocks.NextDue(clocks) : null;
        row.QueueAt = row.NextDueAt ?? CaseRow.EndOfTime;
        row.Breached = row.IsOpen && clocks.Any(c => c is { IsOpen: true, Status: ClockStatus.Breached });
        row.PausedSince = clocks.FirstOrDefault(c => c.Status == ClockStatus.Paused)?.PausedSince;
        row.ClosedAt = @case.ClosedAt;
        row.UpdatedAt = @case.LastEventAt;
        row.PolicyVersion = @case.Rules.PolicyVersion;
        row.CalendarId = @case.Rules.CalendarId;
        row.CalendarVersion = @case.Rules.CalendarVersion;
        row.Outcome = @case.Decision?.Outcome;
        row.RootCause = @case.RootCause;
        row.NextCheckAt = row.IsOpen ? NextCheck(open, clocks, now) : null;
    }

    private static int EscalationOf(OpenCase open, IReadOnlyList<ClockReading> clocks)
    {
        var running = clocks.Where(c => c.IsOpen).Select(c => c.Id).ToHashSet();
        var actions = open.Rules.Policy.Escalations.ToDictionary(l => l.Key, l => l.Action);
        return open.Case.History.OfType<EscalationRaised>().Where(e => running.Contains(e.Clock) && actions.ContainsKey(e.Level))
            .Select(e => actions[e.Level] switch { EscalationAction.AlertAssignee => 1, EscalationAction.AlertTeam => 2, EscalationAction.AlertManager => 3, _ => 0 })
            .DefaultIfEmpty().Max();
    }

    // The soonest of: a date that has not been missed yet, an escalation, a reminder.
    private static DateTime? NextCheck(OpenCase open, IReadOnlyList<ClockReading> clocks, DateTime now)
    {
        var (_, @case, rules) = open;
        List<DateTime?> all =
        [
            clocks.Where(c => c is { IsOpen: true, BreachRecorded: false }).Min(c => c.Due),
            Escalations.Of(@case, clocks, rules.Policy, rules.Calendar).Select(e => (DateTime?)e.FiresAt).FirstOrDefault(),
            CaseMachine.NextReminderAt(@case, open.Context(now, Actor.Portal)),
        ];
        return all.Min();
    }
}
