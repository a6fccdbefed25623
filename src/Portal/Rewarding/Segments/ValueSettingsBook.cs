using Insight.Value;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Platform;
using RewardsEngine.Values;

namespace Portal.Rewarding.Segments;

/// <summary>What the company sets for reckoning value: read by the reckoning, changed on the programme's page.</summary>
public sealed class ValueSettingsBook(IDbContextFactory<PortalDb> databases, IOptions<PortalOptions> options, TimeProvider time)
{
    public const int MostMonths = 36;
    private const long MostCost = 1_000_000_000_000;

    public Currency Currency { get; } = options.Value.ProgrammeCurrency;

    public async Task<(long Id, ValueSettings Settings)> CurrentAsync(PortalDb db, CancellationToken cancel) =>
        await db.Set<ValueSettingsRow>().AsNoTracking().OrderByDescending(s => s.Id).FirstOrDefaultAsync(cancel) is { } row
            ? (row.Id, new(row.Months, row.GoodsShare / 100m, row.ComplaintCost, row.MostValuableShare / 100m, row.MostGrowableShare / 100m))
            : (0, Defaults);

    /// <summary>The settings and the last reckoning.</summary>
    public async Task<(ValueSettings Settings, SegmentRunRow? Run)> ReadAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var (_, settings) = await CurrentAsync(db, cancel);
        return (settings, await db.Set<SegmentRunRow>().AsNoTracking().OrderByDescending(r => r.Id).FirstOrDefaultAsync(cancel));
    }

    /// <summary>Counts from the next reckoning on, which follows within minutes.</summary>
    public async Task<Result<Done>> SaveAsync(ValueSettings settings, Guid by, CancellationToken cancel)
    {
        List<Refusal> refusals = [];
        if (settings.Months is < 1 or > MostMonths)
            refusals.Add(new("value.months", "Months", 1, MostMonths));
        if (settings.ComplaintCost is < 0 or > MostCost)
            refusals.Add(new("value.cost", "ComplaintCost"));
        foreach (var (field, percent) in new[] { ("Goods", settings.GoodsPercent), ("MostValuable", settings.MostValuablePercent), ("MostGrowable", settings.MostGrowablePercent) })
            if (percent is < 0 or > 100 || decimal.Round(percent, 2) != percent)
                refusals.Add(new("value.percent", field));
        if (refusals.Count > 0)
            return Result<Done>.Refused(refusals);
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Add(new ValueSettingsRow
        {
            Months = settings.Months,
            GoodsShare = (int)(settings.GoodsPercent * 100),
            ComplaintCost = settings.ComplaintCost,
            MostValuableShare = (int)(settings.MostValuablePercent * 100),
            MostGrowableShare = (int)(settings.MostGrowablePercent * 100),
            At = time.UtcNow(),
            By = by,
        });
        await db.SaveChangesAsync(cancel);
        return default(Done);
    }

    // A guess that is good enough to begin with: half an hour of somebody's work.
    private ValueSettings Defaults => new(ComplaintCost: Currency.ToMinor(Currency.Code == "IDR" ? 50_000m : 10m));
}
