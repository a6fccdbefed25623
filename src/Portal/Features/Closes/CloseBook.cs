using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Closing;
using Portal.Rewarding.Programmes;
using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace Portal.Features.Closes;

/// <summary>One month: what was set aside, what became revenue, what was owed at its end. Minor units.</summary>
public sealed record CloseMonth(DateOnly Month, long Deferred, long Recognised, long Liability, long Provision, long Breakage, int Days);

/// <param name="Now">The statement at this moment; null before there is a programme.</param>
/// <param name="Days">The newest closes first.</param>
public sealed record CloseView(
    Currency Currency, DailyCloseRow? Now, IReadOnlyList<CloseMonth> Months, IReadOnlyList<DailyCloseRow> Days, IReadOnlyList<RateLine> Rates);

/// <summary>A rate as somebody set it.</summary>
public sealed record RateLine(DateOnly From, decimal? Rate, string Reason, DateTime At, string? By);

/// <summary>Reads the closes.</summary>
public sealed class CloseBook(IDbContextFactory<PortalDb> databases, ProgrammeStore programmes, DailyClose close)
{
    private const int DaysShown = 31;

    public async Task<CloseView> ReadAsync(CancellationToken cancel)
    {
        var (currency, days) = await DaysAsync(cancel);
        var months = days.GroupBy(d => new DateOnly(d.Day.Year, d.Day.Month, 1)).OrderByDescending(g => g.Key)
            .Select(g => new CloseMonth(g.Key, g.Sum(d => d.DeferredNow), g.Sum(d => d.RecognisedNow), g.Last().Liability, g.Last().Provision, g.Last().Breakage, g.Count())).ToList();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rates = await (
            from r in db.Set<RedemptionRateRow>().AsNoTracking()
            join u in db.Users on r.By equals u.Id into people
            from person in people.DefaultIfEmpty()
            orderby r.From descending, r.Id descending
            select new RateLine(r.From, r.Rate, r.Reason, r.At, person == null ? null : person.Name)).Take(20).ToListAsync(cancel);
        return new(currency, await close.PreviewAsync(cancel), months, [.. days.Reverse().Take(DaysShown)], rates);
    }

    /// <summary>All closes, oldest first.</summary>
    public async Task<(Currency Currency, IReadOnlyList<DailyCloseRow> Days)> DaysAsync(CancellationToken cancel)
    {
        var rules = await programmes.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        return (rules.Programme.Currency, await db.Set<DailyCloseRow>().AsNoTracking().OrderBy(c => c.Day).ToListAsync(cancel));
    }
}

/// <summary>Sets the share of points expected to be used, from today on; closed days stay as they are.</summary>
public sealed class SetRedemptionRate(IDbContextFactory<PortalDb> databases, ProgrammeStore programmes, TimeProvider time)
{
    public const int ReasonLength = 300;

    /// <param name="percent">0 to 100; null: estimated from the ledger.</param>
    /// <param name="reason">Kept for the auditor.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<Result<Done>> HandleAsync(decimal? percent, string? reason, Guid by, CancellationToken cancel)
    {
        List<Refusal> refusals = [];
        if (percent is < 0 or > 100 || (percent is { } p && decimal.Round(p, 4) != p))
            refusals.Add(new("rate", "Percent"));
        if (string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > ReasonLength)
            refusals.Add(new("reason", "Reason", ReasonLength));
        if (refusals.Count > 0)
            return Result<Done>.Refused(refusals);
        var (now, zone) = (time.UtcNow(), (await programmes.CurrentAsync(cancel)).Zone);
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Add(new RedemptionRateRow { From = ProgrammeDays.Of(now, zone), Rate = percent / 100m, Reason = reason!.Trim(), At = now, By = by });
        await db.SaveChangesAsync(cancel);
        return default(Done);
    }
}
