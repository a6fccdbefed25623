using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Data;
using Portal.Identity;
using Portal.Platform;
using Portal.Ui;

namespace Portal.Features.Complaints.Staff;

/// <summary>Open cases, and those whose next date is past or within a day.</summary>
internal sealed class OpenCaseFigures(IDbContextFactory<PortalDb> databases, Format format, IStringLocalizer<ComplaintsTexts> texts, TimeProvider time) : IStartFigures
{
    public string Policy => Policies.Desk;

    public int Order => 10;

    public async Task<IReadOnlyList<StartFigure>> ReadAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = time.UtcNow();
        var soon = now.AddDays(1);
        var open = await db.Set<CaseRow>().Where(c => c.IsOpen).GroupBy(_ => 1)
            .Select(g => new { All = g.Count(), Due = g.Count(c => c.QueueAt < soon), Past = g.Count(c => c.QueueAt < now), Nobody = g.Count(c => c.AssigneeId == null) })
            .SingleOrDefaultAsync(cancel);
        return
        [
            new(texts["Figure.Open"], format.Number(open?.All ?? 0), texts["Figure.Unassigned", format.Number(open?.Nobody ?? 0)], "/staff/complaints"),
            new(texts["Figure.Due"], format.Number(open?.Due ?? 0), texts["Figure.Past", format.Number(open?.Past ?? 0)], "/staff/complaints", Alarming: open?.Past > 0),
        ];
    }
}
