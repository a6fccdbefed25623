using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Codes;
using Portal.Rewarding.Programmes;
using RewardsEngine.Values;

namespace Portal.Features.Catalogue.Staff;

/// <summary>A product that rules give away.</summary>
/// <param name="Available">Null: not limited.</param>
/// <param name="Rules">The rules in force that give it.</param>
public sealed record GiftLine(string Sku, long? Available, long Given, IReadOnlyList<LocalizedText> Rules, DateTime? ChangedAt, string? ChangedBy);

/// <summary>Shows and sets how many of each gift may still be given away.</summary>
public sealed class GiftStocks(IDbContextFactory<PortalDb> databases, ProgrammeStore programmes, TimeProvider time)
{
    public const long Most = 1_000_000_000;

    public async Task<IReadOnlyList<GiftLine>> ListAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rules = (await programmes.CurrentAsync(db, cancel)).Source.Rules;
        var givers = rules.SelectMany(r => GiftStock.GivenBy(r).Distinct().Select(sku => (Sku: sku, r.Name))).ToLookup(g => g.Sku, g => g.Name);
        var rows = await db.Set<GiftStockRow>().AsNoTracking().ToDictionaryAsync(g => g.Sku, cancel);
        var changes = await (
            from change in db.Set<GiftStockChangeRow>().AsNoTracking()
            where !db.Set<GiftStockChangeRow>().Any(later => later.Sku == change.Sku && later.Id > change.Id)
            join user in db.Users on change.By equals user.Id into people
            from person in people.DefaultIfEmpty()
            select new { change.Sku, change.At, Name = person == null ? null : person.Name }).ToDictionaryAsync(c => c.Sku, cancel);
        return
        [
            .. givers.Select(g => g.Key).Union(rows.Keys).Order(StringComparer.Ordinal).Select(sku => new GiftLine(
                sku, rows.GetValueOrDefault(sku)?.Available, rows.GetValueOrDefault(sku)?.Given ?? 0, [.. givers[sku]],
                changes.GetValueOrDefault(sku)?.At, changes.GetValueOrDefault(sku)?.Name)),
        ];
    }

    /// <param name="sku">The product.</param>
    /// <param name="shown">What the page showed: only the difference is booked, so that sales in between are not undone. Null: it was not limited.</param>
    /// <param name="wanted">As it should be; null: not limited any more.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<Result<Done>> SetAsync(string? sku, long? shown, long? wanted, Guid by, CancellationToken cancel)
    {
        sku = sku?.Trim() ?? "";
        if (sku.Length is 0 or > 64)
            return new Refusal("stock.sku", "Sku");
        if (wanted is < 0 or > Most)
            return new Refusal("stock.number", "Wanted", Most);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        long? change = wanted is null ? null : wanted - (shown ?? 0);
        if (wanted is null)
        {
            await db.Set<GiftStockRow>().Where(g => g.Sku == sku).ExecuteDeleteAsync(cancel);
        }
        else if (shown is null)
        {
            if (await db.Set<GiftStockRow>().AnyAsync(g => g.Sku == sku, cancel))
                return new Refusal("stock.changed", "Wanted");
            db.Add(new GiftStockRow { Sku = sku, Available = wanted.Value });
        }
        else if (await db.Set<GiftStockRow>().Where(g => g.Sku == sku && g.Available + change >= 0)
            .ExecuteUpdateAsync(s => s.SetProperty(g => g.Available, g => g.Available + change!.Value), cancel) == 0)
        {
            return new Refusal("stock.changed", "Wanted");
        }
        db.Add(new GiftStockChangeRow { Sku = sku, Change = change, At = time.UtcNow(), By = by });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return default(Done);
    }
}
