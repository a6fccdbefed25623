using Microsoft.EntityFrameworkCore;
using Portal.Platform;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Programmes;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Values;

namespace Portal.Rewarding.Purchases;

/// <summary>What the reporter of a sale gets back; the same for every repeat of the report.</summary>
/// <param name="Purchase">Id of the stored sale.</param>
/// <param name="Decision">Prices, discounts, points and why.</param>
/// <param name="Balance">Points of the member after it (available − debt); null for a guest.</param>
/// <param name="Pending">Points that wait for the end of the return window.</param>
/// <param name="Version">The wallet's version after it.</param>
/// <param name="Repeated">True when this report had been stored before.</param>
public sealed record PurchaseReceipt(Guid Purchase, Decision Decision, long? Balance, long Pending, long Version, bool Repeated);

/// <summary>Records one sale: known reference? → snapshot → decision → rows. The caller commits the work.</summary>
public sealed class RecordPurchase(Rewards rewards, ProgrammeStore programmes, PurchaseMail mail)
{
    /// <param name="work">The open work.</param>
    /// <param name="purchase">The sale as reported.</param>
    /// <param name="source">Where it came from: <c>api</c>, <c>import</c>, <c>demo</c>, <c>staff</c>.</param>
    /// <param name="cancel">Stops.</param>
    /// <param name="isNew">The caller has already looked: no sale of this reference is stored.</param>
    public async Task<Result<PurchaseReceipt>> HandleAsync(RewardingWork work, Purchase purchase, string source, CancellationToken cancel, bool isNew = false)
    {
        // The member is locked first: of two who report the same sale at once, the second then finds what the first stored.
        var account = purchase.Member is { } id ? await work.FindAsync(id, cancel) : null;
        if (!isNew && await Decider.KnownAsync(work.Db, purchase.Type, purchase.Reference, cancel) is { } known)
            return await RepeatAsync(work, purchase, known, cancel);
        var rules = await programmes.CurrentAsync(work, cancel);
        if (Intake.Check(purchase, rules.Programme) is { Count: > 0 } faults)
            return Result<PurchaseReceipt>.Refused([.. faults.Select(f => new Refusal("intake", f.Path, f.Message))]);
        if (purchase.Member is not null && account is null)
            return new Refusal("member.unknown", "member", purchase.Member);

        if (!PurchaseMail.IsNews(source))
            work.IsSilent = true;
        var (decision, activity, _) = await rewards.DecideAsync(work, account, purchase, cancel);
        var row = ToRow(purchase, decision, account?.Id, work.Now, source);
        work.Db.Add(row);
        if (account is not null)
        {
            await CountAsync(work, account, purchase, row, cancel);
            if (PurchaseMail.IsNews(source))
                await mail.WriteAsync(work, account, rules.Programme, purchase, decision, row.Id, cancel);
        }
        return new PurchaseReceipt(row.Id, decision, account?.Wallet.Balance, account?.Wallet.Pending ?? 0, activity.WalletVersion, Repeated: false);
    }

    private static async Task<Result<PurchaseReceipt>> RepeatAsync(RewardingWork work, Purchase purchase, ActivityRow known, CancellationToken cancel)
    {
        if (!Decider.IsRepeat(known, purchase))
            return new Refusal("reference.conflict", "reference", purchase.Reference);
        var row = await work.Db.Set<PurchaseRow>().AsNoTracking().SingleAsync(p => p.Kind == PurchaseKind.Sale && p.Reference == purchase.Reference, cancel);
        var account = known.MemberId is { } id ? await work.FindAsync(id, cancel) : null;
        return new PurchaseReceipt(row.Id, known.ReadDecision(), account?.Wallet.Balance, account?.Wallet.Pending ?? 0, account?.Wallet.Version ?? 0, Repeated: true);
    }

    private static async Task CountAsync(RewardingWork work, MemberAccount account, Purchase purchase, PurchaseRow row, CancellationToken cancel)
    {
        var counters = await Snapshots.CountersAsync(work.Db, account, cancel);
        counters.Purchases++;
        counters.PurchaseTotal += row.Total;
        counters.PurchaseQuantity += purchase.Lines.Sum(l => (long)l.Quantity);
        if (counters.FirstPurchaseAt is null || purchase.OccurredAt < counters.FirstPurchaseAt)
            counters.FirstPurchaseAt = purchase.OccurredAt;
        if (counters.LastPurchaseAt is null || purchase.OccurredAt > counters.LastPurchaseAt)
            counters.LastPurchaseAt = purchase.OccurredAt;
    }

    private static PurchaseRow ToRow(Purchase purchase, Decision decision, MemberId? member, DateTime now, string source)
    {
        var currency = purchase.Currency;
        var totals = decision.Totals ?? throw new InvalidOperationException("A decided purchase has totals.");
        var priced = decision.Lines.ToDictionary(l => l.LineId);
        return new PurchaseRow
        {
            Kind = PurchaseKind.Sale,
            Reference = purchase.Reference,
            MemberId = member,
            OccurredAt = purchase.OccurredAt,
            RecordedAt = now,
            Currency = currency.Code,
            Channel = purchase.Channel,
            Store = purchase.Store,
            Gross = currency.ToMinor(totals.Gross),
            Discount = currency.ToMinor(totals.Discount),
            Shipping = currency.ToMinor(totals.Shipping()),
            Total = currency.ToMinor(totals.Total),
            Points = decision.PointsAwarded(),
            Source = source,
            Lines =
            [
                .. purchase.Lines.Select((line, i) => new PurchaseLineRow
                {
                    Position = i,
                    LineId = line.Id,
                    Sku = line.Sku,
                    Name = line.Name,
                    Category = line.Category,
                    Quantity = line.Quantity,
                    UnitPrice = (long)(line.UnitPrice * 10_000m),
                    Gross = currency.ToMinor(priced[line.Id].Gross),
                    Discount = currency.ToMinor(priced[line.Id].Discount),
                    Net = currency.ToMinor(priced[line.Id].Net),
                    Points = priced[line.Id].Points,
                }),
            ],
        };
    }
}
