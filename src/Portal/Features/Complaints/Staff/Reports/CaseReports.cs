using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Purchases;
using Portal.Ui;

namespace Portal.Features.Complaints.Staff.Reports;

/// <summary>One clock over many cases: how many reached it, how many in time, working minutes on average and in the middle.</summary>
public sealed record ClockSum(string Clock, int Reached, int Met, int Missed, double? Average, int? Median)
{
    /// <summary>Within the target, in per cent of those decided either way; null when there are none.</summary>
    public decimal? Share => Met + Missed == 0 ? null : Math.Round(100m * Met / (Met + Missed), 1);
}

/// <summary>What a period brought.</summary>
public sealed record ReportSum(
    int Filed, int Open, int Closed, int Disputed, int Reopened, int Repeats, long Points, int Purchases, int Rated, double? Process, double? Outcome, int Upheld, int Partly, int NotUpheld)
{
    /// <summary>Complaints for each thousand purchases of the period.</summary>
    public decimal? PerThousand => Purchases == 0 ? null : Math.Round(1000m * Filed / Purchases, 2);

    public decimal? RepeatShare => Filed == 0 ? null : Math.Round(100m * Repeats / Filed, 1);
}

/// <summary>One value of a dimension.</summary>
/// <param name="Key">Empty: not known.</param>
/// <param name="Cumulative">Per cent of all up to and with this one.</param>
public sealed record ReportLine(string Key, int Count, decimal Share, decimal Cumulative, int Upheld, int Met, int Missed, double? DecisionMinutes, int? Purchases)
{
    public decimal? MetShare => Met + Missed == 0 ? null : Math.Round(100m * Met / (Met + Missed), 1);

    public decimal? PerThousand => Purchases is null or 0 ? null : Math.Round(1000m * Count / Purchases.Value, 2);
}

/// <summary>One month.</summary>
public sealed record MonthLine(DateOnly Month, int Filed, int Met, int Missed, double? Process)
{
    public decimal? MetShare => Met + Missed == 0 ? null : Math.Round(100m * Met / (Met + Missed), 1);
}

/// <summary>How often each mark was given, for the process and for the outcome.</summary>
public sealed record RatingLine(int Mark, int Process, int Outcome);

/// <summary>The reports on complaints. All sums are the database's; nothing is loaded case by case.</summary>
internal sealed class CaseReports(IDbContextFactory<PortalDb> databases, Format format)
{
    public async Task<ReportSum> SumAsync(ReportFilter filter, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var sum = await filter.Of(db, format).GroupBy(c => 1).Select(g => new
        {
            Filed = g.Count(),
            Open = g.Count(c => c.IsOpen),
            Disputed = g.Count(c => c.Figures.Disputed),
            Reopened = g.Count(c => c.Figures.Reopenings > 0),
            Repeats = g.Count(c => c.IsRepeat),
            Points = g.Sum(c => c.Figures.Points),
            Rated = g.Count(c => c.Figures.ProcessRating != null),
            Process = g.Average(c => (double?)c.Figures.ProcessRating),
            Outcome = g.Average(c => (double?)c.Figures.OutcomeRating),
            Upheld = g.Count(c => c.Outcome == Outcome.Upheld),
            Partly = g.Count(c => c.Outcome == Outcome.PartlyUpheld),
            NotUpheld = g.Count(c => c.Outcome == Outcome.NotUpheld),
        }).SingleOrDefaultAsync(cancel);
        var purchases = await Purchases(db, filter).CountAsync(cancel);
        return sum is null
            ? new(0, 0, 0, 0, 0, 0, 0, purchases, 0, null, null, 0, 0, 0)
            : new(sum.Filed, sum.Open, sum.Filed - sum.Open, sum.Disputed, sum.Reopened, sum.Repeats, sum.Points, purchases, sum.Rated, sum.Process, sum.Outcome, sum.Upheld, sum.Partly, sum.NotUpheld);
    }

    /// <summary>Acknowledge, first reply, decision: the first run of each case. Further replies: all of them.</summary>
    public async Task<IReadOnlyList<ClockSum>> ClocksAsync(ReportFilter filter, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var cases = filter.Of(db, format);
        var s = await cases.GroupBy(c => 1).Select(g => new
        {
            A = new { N = g.Count(c => c.Figures.AcknowledgeMinutes != null), Met = g.Count(c => c.Figures.AcknowledgeMet == true), Missed = g.Count(c => c.Figures.AcknowledgeMet == false), Average = g.Average(c => (double?)c.Figures.AcknowledgeMinutes) },
            F = new { N = g.Count(c => c.Figures.FirstReplyMinutes != null), Met = g.Count(c => c.Figures.FirstReplyMet == true), Missed = g.Count(c => c.Figures.FirstReplyMet == false), Average = g.Average(c => (double?)c.Figures.FirstReplyMinutes) },
            D = new { N = g.Count(c => c.Figures.DecisionMinutes != null), Met = g.Count(c => c.Figures.DecisionMet == true), Missed = g.Count(c => c.Figures.DecisionMet == false), Average = g.Average(c => (double?)c.Figures.DecisionMinutes) },
            NextMet = g.Sum(c => c.Figures.RepliesMet),
            NextMissed = g.Sum(c => c.Figures.RepliesMissed),
        }).SingleOrDefaultAsync(cancel);
        if (s is null)
            return [];
        return
        [
            new("Acknowledge", s.A.N, s.A.Met, s.A.Missed, s.A.Average, await MedianAsync(cases.Select(c => c.Figures.AcknowledgeMinutes), s.A.N, cancel)),
            new("FirstReply", s.F.N, s.F.Met, s.F.Missed, s.F.Average, await MedianAsync(cases.Select(c => c.Figures.FirstReplyMinutes), s.F.N, cancel)),
            new("NextReply", s.NextMet + s.NextMissed, s.NextMet, s.NextMissed, null, null),
            new("Decision", s.D.N, s.D.Met, s.D.Missed, s.D.Average, await MedianAsync(cases.Select(c => c.Figures.DecisionMinutes), s.D.N, cancel)),
        ];
    }

    /// <summary>Complaints by the values of a dimension, the most frequent first.</summary>
    public async Task<IReadOnlyList<ReportLine>> ByAsync(Dimension dimension, ReportFilter filter, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var keyed = filter.Of(db, format).Select(c => new
        {
            Key = dimension == Dimension.Cause ? c.RootCause : dimension == Dimension.Category ? c.Category : dimension == Dimension.Product ? c.Product : dimension == Dimension.Store ? c.Store : null,
            c.Channel,
            c.Priority,
            c.Outcome,
            c.Figures.DecisionMet,
            c.Figures.DecisionMinutes,
        });
        var rows = dimension switch
        {
            Dimension.Channel => (await keyed.GroupBy(c => c.Channel).Select(g => new { g.Key, Count = g.Count(), Upheld = g.Count(c => c.Outcome == Outcome.Upheld || c.Outcome == Outcome.PartlyUpheld), Met = g.Count(c => c.DecisionMet == true), Missed = g.Count(c => c.DecisionMet == false), Minutes = g.Average(c => (double?)c.DecisionMinutes) }).ToListAsync(cancel))
                .ConvertAll(g => (Key: g.Key.ToString(), g.Count, g.Upheld, g.Met, g.Missed, g.Minutes)),
            Dimension.Priority => (await keyed.GroupBy(c => c.Priority).Select(g => new { g.Key, Count = g.Count(), Upheld = g.Count(c => c.Outcome == Outcome.Upheld || c.Outcome == Outcome.PartlyUpheld), Met = g.Count(c => c.DecisionMet == true), Missed = g.Count(c => c.DecisionMet == false), Minutes = g.Average(c => (double?)c.DecisionMinutes) }).ToListAsync(cancel))
                .ConvertAll(g => (Key: g.Key.ToString(), g.Count, g.Upheld, g.Met, g.Missed, g.Minutes)),
            _ => (await keyed.GroupBy(c => c.Key).Select(g => new { g.Key, Count = g.Count(), Upheld = g.Count(c => c.Outcome == Outcome.Upheld || c.Outcome == Outcome.PartlyUpheld), Met = g.Count(c => c.DecisionMet == true), Missed = g.Count(c => c.DecisionMet == false), Minutes = g.Average(c => (double?)c.DecisionMinutes) }).ToListAsync(cancel))
                .ConvertAll(g => (Key: g.Key ?? "", g.Count, g.Upheld, g.Met, g.Missed, g.Minutes)),
        };
        var purchases = dimension == Dimension.Store
            ? await Purchases(db, filter).GroupBy(p => p.Store).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key ?? "", g => g.Count, cancel)
            : [];
        var (all, sofar) = (rows.Sum(r => r.Count), 0);
        List<ReportLine> lines = [];
        foreach (var r in rows.OrderByDescending(r => r.Count).ThenBy(r => r.Key, StringComparer.Ordinal))
        {
            sofar += r.Count;
            lines.Add(new(r.Key, r.Count, Math.Round(100m * r.Count / all, 1), Math.Round(100m * sofar / all, 1), r.Upheld, r.Met, r.Missed, r.Minutes,
                dimension == Dimension.Store && r.Key.Length > 0 ? purchases.GetValueOrDefault(r.Key) : null));
        }
        return lines;
    }

    /// <summary>The twelve months up to and with the last day's.</summary>
    public async Task<IReadOnlyList<MonthLine>> MonthsAsync(ReportFilter filter, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        List<MonthLine> months = [];
        for (var back = 11; back >= 0; back--)
        {
            var first = new DateOnly(filter.To.Year, filter.To.Month, 1).AddMonths(-back);
            // Months are those of the programme's zone, which the databases do not know.
            var sum = await (filter with { From = first, To = first.AddMonths(1).AddDays(-1) }).Of(db, format).GroupBy(c => 1).Select(g => new
            {
                Filed = g.Count(),
                Met = g.Count(c => c.Figures.DecisionMet == true),
                Missed = g.Count(c => c.Figures.DecisionMet == false),
                Process = g.Average(c => (double?)c.Figures.ProcessRating),
            }).SingleOrDefaultAsync(cancel);
            months.Add(new(first, sum?.Filed ?? 0, sum?.Met ?? 0, sum?.Missed ?? 0, sum?.Process));
        }
        return months;
    }

    public async Task<IReadOnlyList<RatingLine>> RatingsAsync(ReportFilter filter, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rated = filter.Of(db, format).Where(c => c.Figures.ProcessRating != null);
        var process = await rated.GroupBy(c => c.Figures.ProcessRating).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        var outcome = await rated.GroupBy(c => c.Figures.OutcomeRating).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        return [.. Enumerable.Range(1, 5).Reverse().Select(m => new RatingLine(m, process.Find(p => p.Key == m)?.Count ?? 0, outcome.Find(o => o.Key == m)?.Count ?? 0))];
    }

    /// <summary>The cases behind a number.</summary>
    public async Task<(IReadOnlyList<CaseRow> Cases, int Total)> CasesAsync(ReportFilter filter, Dimension? dimension, string value, int page, int size, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var cases = filter.Of(db, format);
        if (dimension is { } of)
            cases = cases.With(of, value);
        return (await cases.OrderByDescending(c => c.CreatedAt).ThenBy(c => c.Id).Skip((page - 1) * size).Take(size).ToListAsync(cancel), await cases.CountAsync(cancel));
    }

    public async Task<IReadOnlyList<string>> StoresAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<CaseRow>().Where(c => c.Store != null).Select(c => c.Store!).Distinct().OrderBy(s => s).Take(200).ToListAsync(cancel);
    }

    private IQueryable<PurchaseRow> Purchases(PortalDb db, ReportFilter filter)
    {
        var (start, end) = (format.StartOfDay(filter.From), format.StartOfDay(filter.To.AddDays(1)));
        var purchases = db.Set<PurchaseRow>().Where(p => p.Kind == PurchaseKind.Sale && p.OccurredAt >= start && p.OccurredAt < end);
        return filter.Store is { } store ? purchases.Where(p => p.Store == store) : purchases;
    }

    // The middle one of the sorted values: one row from the database on both.
    private static async Task<int?> MedianAsync(IQueryable<int?> minutes, int count, CancellationToken cancel) =>
        count == 0 ? null : await minutes.Where(m => m != null).OrderBy(m => m).Skip((count - 1) / 2).Take(1).SingleAsync(cancel);
}
