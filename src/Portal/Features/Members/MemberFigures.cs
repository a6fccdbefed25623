using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Identity;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Purchases;
using Portal.Ui;

namespace Portal.Features.Members;

/// <summary>New members and their purchases in the last seven days, beside the seven before.</summary>
internal sealed class MemberFigures(
    IDbContextFactory<PortalDb> databases, Format format, IOptions<PortalOptions> options, IStringLocalizer<MembersTexts> texts, TimeProvider time) : IStartFigures
{
    public string Policy => Policies.Staff;

    public int Order => 20;

    public async Task<IReadOnlyList<StartFigure>> ReadAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = time.UtcNow();
        var (week, before) = (now.AddDays(-7), now.AddDays(-14));
        var joined = await db.Set<MemberRow>().Where(m => m.JoinedAt >= before && m.JoinedAt <= now && m.MergedIntoId == null)
            .GroupBy(m => m.JoinedAt >= week).Select(g => new { Recent = g.Key, Count = g.LongCount() }).ToListAsync(cancel);
        var currency = options.Value.ProgrammeCurrency;
        var sales = await db.Set<PurchaseRow>().Where(p => p.OccurredAt >= before && p.OccurredAt <= now && p.Kind == PurchaseKind.Sale)
            .GroupBy(p => p.OccurredAt >= week).Select(g => new { Recent = g.Key, Count = g.LongCount(), Total = g.Sum(p => p.Total), Points = g.Sum(p => p.Points) }).ToListAsync(cancel);
        var (recent, earlier) = (sales.Find(s => s.Recent), sales.Find(s => !s.Recent));
        return
        [
            new(texts["Figure.Joined"], format.Number(joined.Find(j => j.Recent)?.Count ?? 0), Compare(format.Number(joined.Find(j => !j.Recent)?.Count ?? 0)), "/staff/members"),
            new(texts["Figure.Purchases"], format.Number(recent?.Count ?? 0), Compare(format.Number(earlier?.Count ?? 0)), "/staff/members"),
            new(texts["Figure.Revenue"], format.Money(recent?.Total ?? 0, currency), Compare(format.Money(earlier?.Total ?? 0, currency)), "/staff/members"),
            new(texts["Figure.Points"], format.Number(recent?.Points ?? 0), Compare(format.Number(earlier?.Points ?? 0)), "/staff/rules"),
        ];
    }

    private string Compare(string before) => texts["Figure.Before", before];
}
