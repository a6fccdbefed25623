using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding.Programmes;
using RewardsEngine.Accounting;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Rewarding.Closing;

/// <summary>
/// Points as a contract liability (IFRS 15), all sales as one portfolio. What a day's sales set aside for points is fixed by
/// the rate of that day; how much of everything set aside is revenue by now is reckoned anew with the rate of today.
/// </summary>
internal static class LiabilityReport
{
    /// <summary>Below this, used and expired points say too little to estimate from.</summary>
    private const long EnoughToEstimate = 10_000;

    /// <summary>Without anything to go by: nothing is expected to break, so that the liability is not understated.</summary>
    private const decimal Cautious = 1m;

    /// <param name="db">Reads.</param>
    /// <param name="programme">Currency and worth of points.</param>
    /// <param name="day">The day.</param>
    /// <param name="through">The first moment that no longer counts.</param>
    /// <param name="before">The close of the day before; null for the first.</param>
    /// <param name="closedAt">Now.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task<DailyCloseRow> ReadAsync(
        PortalDb db, Programme programme, DateOnly day, DateTime through, DailyCloseRow? before, DateTime closedAt, CancellationToken cancel)
    {
        var books = await BooksAt.ReadAsync(db, through, cancel);
        var sales = await BooksAt.SalesAsync(db, before?.Through ?? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), through, cancel);
        var set = await db.Set<RedemptionRateRow>().AsNoTracking().Where(r => r.From <= day).OrderByDescending(r => r.From).ThenByDescending(r => r.Id).FirstOrDefaultAsync(cancel);
        var rate = set?.Rate ?? Estimate(books);
        var currency = programme.Currency;
        var worth = programme.Conversion is { Points: > 0 } conversion ? conversion.Amount / conversion.Points : 0m;

        var deferredNow = Allocated(sales.Sold, sales.Points) - Allocated(sales.Returned, sales.TakenBack);
        var deferred = Math.Max(0, (before?.Deferred ?? 0) + deferredNow);
        // No more can be used than was used and still stands.
        var standing = Math.Max(0, books.SalePoints - books.SaleRedeemed - books.SaleExpired);
        var expected = Math.Max(0, Math.Min(Math.Max(Liability.Expected(books.SalePoints, rate), books.SaleRedeemed), books.SaleRedeemed + standing));
        var statement = Liability.State(new(
            new Money(currency.FromMinor(deferred), currency), books.SalePoints, books.SaleRedeemed, expected, new Money(currency.FromMinor(before?.Recognised ?? 0), currency)));
        var outstanding = books.Pending + books.Available + books.Held - books.Debt;
        return new()
        {
            Day = day,
            Through = through,
            ClosedAt = closedAt,
            Issued = books.Issued,
            Redeemed = books.Redeemed,
            Expired = books.Expired,
            Reversed = books.Reversed,
            Pending = books.Pending,
            Available = books.Available,
            Held = books.Held,
            Debt = books.Debt,
            Difference = books.Difference,
            SalePoints = books.SalePoints,
            SaleRedeemed = books.SaleRedeemed,
            Rate = rate,
            RateEstimated = set?.Rate is null,
            ExpectedRedeemed = expected,
            Breakage = statement.BreakagePoints,
            Deferred = deferred,
            DeferredNow = deferredNow,
            Recognised = currency.ToMinor(statement.RecognisedInAll.Amount),
            RecognisedNow = currency.ToMinor(statement.RecognisedNow.Amount),
            Liability = currency.ToMinor(statement.Liability.Amount),
            Provision = currency.ToMinor(currency.Round(Math.Max(0, outstanding - standing) * rate * worth)),
        };

        long Allocated(long minor, long points)
        {
            var price = currency.FromMinor(minor);
            return currency.ToMinor(Liability.Allocate(new Money(price, currency), price, Liability.Expected(Math.Max(0, points), rate), worth).Points.Amount);
        }
    }

    /// <summary>The share of points that were used among those whose fate is known.</summary>
    private static decimal Estimate(BooksAt books)
    {
        var known = books.SaleRedeemed + books.SaleExpired;
        return known < EnoughToEstimate ? Cautious : Math.Round((decimal)books.SaleRedeemed / known, 6);
    }
}
