using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Features.Complaints;

/// <summary>The thread of a case together with those of the cases that were merged into it, by time.</summary>
internal static class MergedThreads
{
    public static async Task<IReadOnlyList<ThreadEntry>> WithAsync(PortalDb db, OpenCase open, CaseBook book, IReadOnlyList<ThreadEntry> own, CancellationToken cancel)
    {
        if (!open.Case.History.Any(e => e is DuplicateAbsorbed))
            return own;
        List<ThreadEntry> all = [.. own];
        foreach (var reference in await db.Set<CaseRow>().Where(c => c.MergedInto == open.Row.Reference).Select(c => c.Reference).ToListAsync(cancel))
        {
            if (await book.ReadAsync(db, db.Set<CaseRow>().Where(c => c.Reference == reference), cancel) is { } merged)
                all.AddRange((await CustomerCases.ThreadAsync(db, merged, cancel)).Select(e => e with { From = reference }));
        }
        return [.. all.OrderBy(e => e.At)];
    }
}
