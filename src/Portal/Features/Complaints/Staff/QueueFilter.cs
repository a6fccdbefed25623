using Complaints.Cases;
using Microsoft.EntityFrameworkCore;

namespace Portal.Features.Complaints.Staff;

internal enum QueueScope { Open, Mine, MyTeams, Unassigned, Waiting, Ended }

/// <summary>By when the next date is.</summary>
internal enum QueueDue { Late, Soon, Today, Week, StandsStill }

/// <summary>What of the queue is asked for; the address of the page says it.</summary>
internal sealed record QueueFilter(
    QueueScope Scope, Guid? Me = null, string? Team = null, CaseState? State = null, Priority? Priority = null, QueueDue? Due = null, string? Category = null,
    string? Search = null, int Page = 1)
{
    /// <summary>Something beside the scope and the words is asked for.</summary>
    public bool IsNarrow => Team is not null || State is not null || Priority is not null || Due is not null || Category is not null;
}

/// <summary>The moments that the due filter means: now, four working hours on, the end of the day, the end of the seventh day.</summary>
internal sealed record QueueMoments(DateTime Now, DateTime Soon, DateTime Today, DateTime Week);

internal static class QueueFilters
{
    public static IQueryable<CaseRow> Where(this IQueryable<CaseRow> cases, QueueFilter filter, IReadOnlyList<string> myTeams, QueueMoments moments)
    {
        cases = InScope(cases, filter, myTeams);
        if (filter.Team is { } team)
            cases = cases.Where(c => c.Team == team);
        if (filter.State is { } state)
            cases = cases.Where(c => c.State == state);
        if (filter.Priority is { } priority)
            cases = cases.Where(c => c.Priority == priority);
        if (filter.Category is { } category)
            cases = cases.Where(c => c.Category == category);
        if (filter.Due is { } due)
            cases = ByDate(cases, due, moments);
        return Containing(cases, filter.Search);
    }

    private static IQueryable<CaseRow> InScope(IQueryable<CaseRow> cases, QueueFilter filter, IReadOnlyList<string> myTeams) => filter.Scope switch
    {
        QueueScope.Mine => cases.Where(c => c.IsOpen && c.AssigneeId == filter.Me),
        QueueScope.MyTeams => cases.Where(c => c.IsOpen && c.Team != null && myTeams.Contains(c.Team)),
        QueueScope.Unassigned => cases.Where(c => c.IsOpen && c.AssigneeId == null),
        QueueScope.Waiting => cases.Where(c => c.IsOpen && (c.State == CaseState.WaitingForCustomer || c.State == CaseState.WaitingForThirdParty || c.State == CaseState.DecisionSent)),
        QueueScope.Ended => cases.Where(c => !c.IsOpen),
        _ => cases.Where(c => c.IsOpen),
    };

    private static IQueryable<CaseRow> ByDate(IQueryable<CaseRow> cases, QueueDue due, QueueMoments moments)
    {
        var (now, soon, today, week) = moments;
        return due switch
        {
            QueueDue.Late => cases.Where(c => c.QueueAt < now),
            QueueDue.Soon => cases.Where(c => c.QueueAt >= now && c.QueueAt <= soon),
            QueueDue.Today => cases.Where(c => c.QueueAt >= now && c.QueueAt < today),
            QueueDue.Week => cases.Where(c => c.QueueAt >= now && c.QueueAt < week),
            _ => cases.Where(c => c.NextDueAt == null),
        };
    }

    private static IQueryable<CaseRow> Containing(IQueryable<CaseRow> cases, string? search)
    {
        if (string.IsNullOrWhiteSpace(search))
            return cases;
        var words = search.Trim().ToLowerInvariant();
        var reference = CaseReference.TryParse(search, out var read) ? read : "";
        return cases.Where(c => c.Reference == reference || c.Subject.ToLower().Contains(words) || (c.ContactEmail != null && c.ContactEmail == words));
    }
}
