using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Identity;
using Portal.Platform;
using Portal.Platform.Live;

namespace Portal.Features.Complaints.Thread;

/// <summary>A colleague at the same case.</summary>
/// <param name="Reading">Has the page open now.</param>
/// <param name="Writing">Typed within the last minute.</param>
/// <param name="DraftSince">Has begun a text and not sent it.</param>
public sealed record Colleague(Guid Id, string Name, bool Reading, bool Writing, DateTime? DraftSince);

/// <summary>Who of the staff has a case open and who writes on it, over all nodes.</summary>
internal sealed class CaseViewers(IDbContextFactory<PortalDb> databases, LiveChanges changes, TimeProvider time)
{
    private static readonly TimeSpan ReadingFor = TimeSpan.FromSeconds(70); // three beats
    private static readonly TimeSpan WritingFor = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DraftFor = TimeSpan.FromHours(24);

    /// <summary>Notes that somebody looks, and says in a short stamp what there is to see; null when the case is gone.</summary>
    public async Task<string?> LookAsync(Guid @case, Guid me, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = time.UtcNow();
        var came = await db.Set<CaseViewerRow>().Where(v => v.CaseId == @case && v.UserId == me).ExecuteUpdateAsync(s => s.SetProperty(v => v.SeenAt, now), cancel) == 0;
        if (came)
        {
            await db.Database.ExecuteSqlAsync(
                $"""INSERT INTO case_viewers ("CaseId", "UserId", "SeenAt") VALUES ({@case}, {me}, {now}) ON CONFLICT ("CaseId", "UserId") DO NOTHING""", cancel);
            await changes.SayAsync(db, CaseLive.DeskTopic(@case), cancel);
            await db.SaveChangesAsync(cancel);
        }
        var version = await db.Set<CaseRow>().Where(c => c.Id == @case).Select(c => (int?)c.Version).SingleOrDefaultAsync(cancel);
        return version is { } v ? v.ToString(CultureInfo.InvariantCulture) + Stamp(await OthersAsync(db, @case, me, now, cancel)) : null;
    }

    /// <summary>The page was closed. Another page of the same person says so again with its next beat.</summary>
    public async Task LeaveAsync(Guid @case, Guid me)
    {
        await using var db = await databases.CreateDbContextAsync();
        await db.Set<CaseViewerRow>().Where(v => v.CaseId == @case && v.UserId == me).ExecuteDeleteAsync();
        await changes.SayAsync(db, CaseLive.DeskTopic(@case), CancellationToken.None);
        await db.SaveChangesAsync();
    }

    public static async Task<IReadOnlyList<Colleague>> OthersAsync(PortalDb db, Guid @case, Guid me, DateTime now, CancellationToken cancel)
    {
        var (reading, writing, begun) = (now - ReadingFor, now - WritingFor, now - DraftFor);
        var mine = me.ToString();
        var here = await db.Set<CaseViewerRow>().Where(v => v.CaseId == @case && v.UserId != me && v.SeenAt > reading).Select(v => v.UserId).ToListAsync(cancel);
        var drafts = await db.Set<CaseDraftRow>().Where(d => d.CaseId == @case && d.Author != mine && d.Author != CaseDrafts.Customer && d.Field != "Note" && d.UpdatedAt > begun)
            .GroupBy(d => d.Author).Select(g => new { Author = g.Key, At = g.Max(d => d.UpdatedAt) }).ToListAsync(cancel);
        var begunBy = drafts.ToDictionary(d => Guid.Parse(d.Author), d => d.At);
        List<Guid> ids = [.. here.Union(begunBy.Keys).Order()];
        if (ids.Count == 0)
            return [];
        var names = await db.Set<User>().Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, cancel);
        return [.. ids.Where(names.ContainsKey).Select(i => new Colleague(i, names[i], here.Contains(i),
            begunBy.TryGetValue(i, out var at) && at > writing, begunBy.TryGetValue(i, out var since) ? since : null))];
    }

    private static string Stamp(IReadOnlyList<Colleague> others) => string.Concat(others.Select(o =>
        $"-{o.Id.ToString("N")[..8]}{(o.Writing ? "w" : "")}{(o.DraftSince is null ? "" : "d")}{(o.Reading ? "r" : "")}"));
}
