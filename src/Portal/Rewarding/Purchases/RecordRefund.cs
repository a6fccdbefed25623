using Microsoft.EntityFrameworkCore;
using Portal.Platform;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Programmes;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Json;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Rewarding.Purchases;

/// <summary>What a refund did: one decision for each sale it touched, and what found no sale. Stored as the explanation.</summary>
public sealed record RefundOutcome(IReadOnlyList<RefundDecision> Sales, IReadOnlyList<ReturnedLine> Unmatched, RefundReason? Reason)
{
    public long PointsReversed() => Sales.Sum(s => s.PointsReversed());

    public decimal Amount() => Sales.Sum(s => s.Amount);
}

/// <summary>What a refund read of a sale: with the sale's stored decision it can be replayed.</summary>
/// <param name="Sale">The sale's reference.</param>
/// <param name="Before">What had come back of it before.</param>
/// <param name="Asked">The part of the refund that fell to this sale.</param>
public sealed record SaleRead(string Sale, IReadOnlyList<LineReturn> Before, Returned Asked);

/// <summary>Everything a refund read, one entry for each sale it touched.</summary>
public sealed record RefundInput(IReadOnlyList<SaleRead> Sales);

/// <summary>What the reporter of a refund gets back; the same for every repeat.</summary>
public sealed record RefundReceipt(Guid Refund, RefundOutcome Outcome, long? Balance, long Version, bool Repeated);

/// <summary>Records one refund: finds its sale, takes back what that sale gave, by the share that came back.</summary>
public sealed class RecordRefund(ProgrammeStore programmes)
{
    public async Task<Result<RefundReceipt>> HandleAsync(RewardingWork work, Refund refund, string source, CancellationToken cancel, bool isNew = false)
    {
        var rules = await programmes.CurrentAsync(work, cancel);
        if (Intake.Check(refund, rules.Programme) is { Count: > 0 } faults)
            return Result<RefundReceipt>.Refused([.. faults.Select(f => new Refusal("intake", f.Path, f.Message))]);

        PurchaseRow? named = null;
        if (refund.PurchaseReference is { } reference)
        {
            named = await RefundedSales.FindAsync(work.Db, reference, cancel);
            if (named is null)
                return new Refusal("sale.unknown", "purchaseReference", reference);
            if (refund.Member is { } said && said != named.MemberId)
                return new Refusal("sale.other_member", "member", reference);
        }
        MemberAccount? account = null;
        if ((named?.MemberId ?? refund.Member) is { } id && (account = await work.FindAsync(id, cancel)) is null)
            return new Refusal("member.unknown", "member", id);
        // Looked for under the member's lock: of two who report the same refund at once, the second finds what the first stored.
        if (!isNew && await Decider.KnownAsync(work.Db, refund.Type, refund.Reference, cancel) is { } known)
            return await RepeatAsync(work, refund, known, cancel);
        if (account is not null)
            await account.SettleAsync(refund.OccurredAt, work.Now, cancel);

        List<SaleRead> read = [];
        var outcome = named is not null
            ? await DecideAsync(work, rules, account, named, refund, read, cancel)
            : await DecideUnnamedAsync(work, rules, account, refund, read, cancel);
        return await StoreAsync(work, rules, account, refund, new(read), outcome, source, cancel);
    }

    private static async Task<RefundOutcome> DecideAsync(
        RewardingWork work, CompiledRuleSet rules, MemberAccount? account, PurchaseRow sale, Refund refund, List<SaleRead> read, CancellationToken cancel)
    {
        var before = RefundedSales.ReturnedOf(sale);
        read.Add(new(sale.Reference, before, refund.Returned));
        var stored = await RefundedSales.DecisionAsync(work.Db, sale.Reference, cancel);
        var decision = Engine.DecideRefund(rules.Programme, new(stored, before), refund with { PurchaseReference = sale.Reference });
        RefundedSales.Mark(sale, decision);
        if (refund.PurchaseReference is not null)
            sale.ReturnedTotal += rules.Programme.Currency.ToMinor(refund.Fees);
        await RefundBooking.ApplyAsync(work, rules, account, sale, stored, decision, refund, cancel);
        return new([decision], [], decision.Reason);
    }

    private static async Task<RefundOutcome> DecideUnnamedAsync(
        RewardingWork work, CompiledRuleSet rules, MemberAccount? account, Refund refund, List<SaleRead> read, CancellationToken cancel)
    {
        if (account is null || refund.Returned is not SomeLines lines)
            return new([], refund.Returned is SomeLines all ? all.Lines : [], RefundReason.NoMatchingSale);
        var open = await RefundedSales.OpenAsync(work.Db, account.Id, lines, refund.OccurredAt, cancel);
        var match = RefundMatching.Match(lines.Lines, [.. open.SelectMany(RefundedSales.OpenLines)], refund.OccurredAt);
        List<RefundDecision> decisions = [];
        foreach (var group in match.Matched.GroupBy(m => m.Sale))
        {
            var part = refund with { Returned = new SomeLines([.. group.Select(m => m.Line)]) };
            decisions.AddRange((await DecideAsync(work, rules, account, open.First(s => s.Reference == group.Key), part, read, cancel)).Sales);
        }
        return new(decisions, match.Unmatched, match.Unmatched.Count > 0 ? RefundReason.NoMatchingSale : null);
    }

    private static async Task<Result<RefundReceipt>> StoreAsync(
        RewardingWork work, CompiledRuleSet rules, MemberAccount? account, Refund refund, RefundInput read, RefundOutcome outcome, string source, CancellationToken cancel)
    {
        if (account is not null)
            await TierStandings.ReviewAsync(work.Db, account, rules.Programme, RewardsEngine.Accounting.ProgrammeDays.Of(refund.OccurredAt, rules.Zone), cancel);
        var currency = rules.Programme.Currency;
        var returned = (refund.Returned as SomeLines)?.Lines ?? [];
        var goods = refund.Returned is SomeAmount money ? money.Amount
            : returned.Any(l => l.Amount is not null) ? returned.Sum(l => l.Amount ?? 0)
            : outcome.Amount();
        var fees = Math.Max(refund.Fees, -goods); // what is kept back cannot turn a refund into a payment
        var row = new PurchaseRow
        {
            Kind = PurchaseKind.Refund,
            Reference = refund.Reference,
            SaleReference = outcome.Sales.Count == 1 ? outcome.Sales[0].PurchaseReference : refund.PurchaseReference,
            MemberId = account?.Id,
            OccurredAt = refund.OccurredAt,
            RecordedAt = work.Now,
            Currency = currency.Code,
            Channel = refund.Channel,
            Store = refund.Store,
            Gross = currency.ToMinor(goods),
            Shipping = currency.ToMinor(fees),
            Total = currency.ToMinor(goods) + currency.ToMinor(fees),
            Points = -outcome.PointsReversed(),
            Source = source,
            Lines = [.. RefundedSales.LinesOf(returned, outcome, currency)],
        };
        var activity = new ActivityRow
        {
            Type = refund.Type,
            Reference = refund.Reference,
            MemberId = account?.Id,
            OccurredAt = refund.OccurredAt,
            RecordedAt = work.Now,
            ContentHash = Decider.HashOf(refund),
            RuleSetVersion = rules.Version,
            Activity = EngineJson.Write<Activity>(refund),
            Input = EngineJson.Write(read),
            Decision = EngineJson.Write(outcome),
            Points = row.Points,
            WalletVersion = account?.Wallet.Version ?? 0,
        };
        work.Db.Add(row);
        work.Db.Add(activity);
        return new RefundReceipt(row.Id, outcome, account?.Wallet.Balance, account?.Wallet.Version ?? 0, Repeated: false);
    }

    private static async Task<Result<RefundReceipt>> RepeatAsync(RewardingWork work, Refund refund, ActivityRow known, CancellationToken cancel)
    {
        if (!Decider.IsRepeat(known, refund))
            return new Refusal("reference.conflict", "reference", refund.Reference);
        var row = await work.Db.Set<PurchaseRow>().AsNoTracking().SingleAsync(p => p.Kind == PurchaseKind.Refund && p.Reference == refund.Reference, cancel);
        var account = known.MemberId is { } id ? await work.FindAsync(id, cancel) : null;
        return new RefundReceipt(row.Id, EngineJson.Read<RefundOutcome>(known.Decision), account?.Wallet.Balance, account?.Wallet.Version ?? 0, Repeated: true);
    }
}
