using System.Text.Json;
using RewardsEngine.Accounting;
using RewardsEngine.Values;

namespace Conformance.Rewards.Ledgers;

/// <summary><c>ledger {ops[]}</c>: one member's points from the first operation to the last.</summary>
public static class LedgerStep
{
    public static async Task<Answer> RunAsync(RewardCase of, Words words, IBookkeeping books)
    {
        var ops = words.Objects("ops");
        var unit = Unit.Of(ops.Where(op => op.Has("points")).Select(op => op.Text("points")));
        var boundary = of.Setting("expiry_boundary") == "usable_on_expiry_day" ? ExpiryBoundary.UsableOnExpiryDay : ExpiryBoundary.ExpiredAtMoment;
        var run = new LedgerRun(await books.OpenMemberAsync(), unit, boundary);
        foreach (var op in ops)
        {
            await run.RunAsync(op);
            op.Finish();
        }
        return await run.AnswerAsync();
    }
}

/// <summary>The operations of one ledger step on one member's books.</summary>
internal sealed class LedgerRun(IMemberBooks books, Unit unit, ExpiryBoundary boundary)
{
    private readonly Dictionary<string, LotId> _lots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HoldId> _holds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _redemptions = new(StringComparer.Ordinal); // holds that were posted, by the reference they were spent under
    private readonly HashSet<string> _repeats = new(StringComparer.Ordinal); // accruals that came from a source once more and made no lot
    private readonly string _prefix = Guid.CreateVersion7().ToString("N");
    private DateTime _last;
    private int _number;

    public async Task RunAsync(Words op)
    {
        _number++;
        var name = op.Text("op");
        var at = _last = op.Time("at");
        await books.SettleAsync(at, expire: name == "expire");
        var outcome = await RunAsync(name, op, at);
        var isSaid = op.Has("expect_rejected");
        var rejected = op.FlagOr("expect_rejected", false);
        // Only what takes points can be said to be rejected; a void or return that finds nothing to do changes nothing, and the expected balances tell.
        if (outcome is null || outcome.Refusal == LedgerRefusal.Duplicate || (!isSaid && !outcome.Accepted && name is "void" or "post" or "reverse_redeem")) return;
        if (outcome.Accepted == rejected)
            throw new InvalidOperationException($"op {_number} ({name}) was {(outcome.Accepted ? "accepted" : $"rejected: {outcome.Refusal}")}");
    }

    public async Task<Answer> AnswerAsync()
    {
        var wallet = await books.WalletAsync();
        var transfers = await books.TransfersAsync();
        var reversed = transfers.Where(transfer => transfer.Kind == TransferKind.ReverseAccrual).ToList();
        return new Answer()
            .Set("balance", unit.Back(wallet.Lots.Sum(lot => lot.Left) - wallet.Debt))
            .Set("available", unit.Back(Available(wallet, _last)))
            .Set("available_at", expected => ByTime(expected, time => Available(Then(wallet, transfers, time), time)))
            .Set("held", unit.Back(wallet.Held))
            .Set("lots", expected => expected.EnumerateObject().ToDictionary(asked => asked.Name, asked => Left(wallet, asked.Name)))
            .Set("expired", unit.Back(Sum(transfers, TransferKind.Expire)))
            .Set("expiring_by", expected => ByTime(expected, time => wallet.ExpiringBy(Boundary(time))))
            .Set("entries", transfers.Count(transfer => transfer.Kind is TransferKind.Accrue or TransferKind.AccruePending))
            .Set("clawed_back", unit.Back(reversed.Sum(transfer => transfer.Amount)))
            .Set("clawback_entries", reversed.Select(transfer => transfer.Operation).Distinct().Count());
    }

    private async Task<LedgerOutcome?> RunAsync(string name, Words op, DateTime at)
    {
        switch (name)
        {
            case "earn" or "earn_pending":
                return await EarnAsync(op, at, name == "earn_pending");
            case "redeem":
                var points = unit.In(op, "points");
                return await PostAsync($"redeem/{op.TextOr("id") ?? $"#{_number}"}", at, (wallet, posting) => Ledger.Spend(wallet, posting, points));
            case "debit_allow_negative":
                var debit = unit.In(op, "points");
                return await PostAsync($"debit/#{_number}", at, (wallet, posting) => Ledger.Adjust(wallet, posting, new Adjustment(-debit, MayOwe: true)));
            case "reverse_redeem":
                return await ReturnAsync(op.Text("of"), at);
            case "clawback":
                return await ClawBackAsync(op, at);
            case "hold":
                return await HoldAsync(op, at);
            case "post":
                var captured = unit.In(op, "points");
                var capture = Hold(op.Text("hold"));
                _redemptions[op.Text("hold")] = $"post/#{_number}";
                return await PostAsync($"post/#{_number}", at, (wallet, posting) => Ledger.Capture(wallet, posting, capture, captured));
            case "void":
                var release = Hold(op.Text("hold"));
                return await PostAsync($"void/#{_number}", at, (wallet, posting) => Ledger.Release(wallet, posting, release));
            case "expire" or "tick":
                return null;
            default:
                throw new UnknownWordException($"op {_number}: unknown operation \"{name}\"");
        }
    }

    private async Task<LedgerOutcome> EarnAsync(Words op, DateTime at, bool pending)
    {
        var id = op.Text("id");
        var lot = new LotId(Guid.CreateVersion7());
        var accrual = new Accrual(lot, unit.In(op, "points"), pending ? op.Time("active_from") : null,
            op.TimeOr("expires_at") is { } expires ? Boundary(expires) : null);
        var source = op.TextOr("source");
        var outcome = await PostAsync($"earn/{source ?? id}", at, (wallet, posting) => Ledger.Accrue(wallet, posting, accrual));
        if (outcome.Accepted) _lots[id] = _lots[source ?? id] = lot;
        else if (outcome.Refusal == LedgerRefusal.Duplicate && _lots.TryGetValue(source ?? id, out var first) && _lots.TryAdd(id, first)) _repeats.Add(id);
        return outcome;
    }

    private async Task<LedgerOutcome> HoldAsync(Words op, DateTime at)
    {
        var id = new HoldId(Guid.CreateVersion7());
        var points = unit.In(op, "points");
        DateTime? until = op.NumberOrNone("timeout_seconds") is { } seconds ? at.AddSeconds((double)seconds) : null;
        var outcome = await PostAsync($"hold/{op.Text("id")}", at, (wallet, posting) => Ledger.Hold(wallet, posting, id, points, until));
        if (outcome.Accepted) _holds[op.Text("id")] = id;
        return outcome;
    }

    private async Task<LedgerOutcome> ReturnAsync(string of, DateTime at)
    {
        var redemption = $"{_prefix}/{_redemptions.GetValueOrDefault(of, $"redeem/{of}")}";
        var taken = Books.StillTaken(await books.TransfersAsync(), redemption);
        var points = taken.Sum(share => share.Amount);
        return await PostAsync($"return/{of}", at, (wallet, posting) =>
            Ledger.ReturnRedemption(wallet, posting, new RedemptionReturn(redemption, taken, points)));
    }

    private async Task<LedgerOutcome> ClawBackAsync(Words op, DateTime at)
    {
        var of = op.Text("of");
        var policy = op.OneOf<SpentPointsPolicy>("policy", null,
            ("clamp_to_zero", SpentPointsPolicy.WithinBalance), ("allow_negative", SpentPointsPolicy.NegativeAllowed));
        if (!_lots.TryGetValue(of, out var id)) throw new InvalidOperationException($"op {_number}: nothing was earned as \"{of}\"");
        var lot = (await books.WalletAsync()).Lot(id)!;
        return await PostAsync($"clawback/{lot.Accrual}", at, (wallet, posting) =>
            Ledger.ReverseAccrual(wallet, posting, new AccrualReversal(id, lot.Earned, policy)));
    }

    private Task<LedgerOutcome> PostAsync(string reference, DateTime at, Func<Wallet, Posting, LedgerOutcome> change) =>
        books.PostAsync(new Posting($"{_prefix}/{reference}", at), change);

    private HoldId Hold(string name) => _holds.TryGetValue(name, out var id) ? id : new HoldId(Guid.Empty);

    private DateTime Boundary(DateTime time) => boundary == ExpiryBoundary.ExpiredAtMoment ? time : time.Date.AddDays(1);

    private decimal Left(Wallet wallet, string name) => _lots.TryGetValue(name, out var id) && wallet.Lot(id) is { } lot
        ? _repeats.Contains(name) ? 0 : unit.Back(lot.Left)
        : throw new InvalidOperationException($"lots: nothing was earned as \"{name}\"");

    private Dictionary<string, decimal> ByTime(JsonElement expected, Func<DateTime, long> value) =>
        expected.EnumerateObject().ToDictionary(asked => asked.Name, asked => unit.Back(value(Words.Time(asked.Name, "time"))));

    private static Wallet Then(Wallet now, IEnumerable<Transfer> transfers, DateTime time)
    {
        var then = Books.Rebuild(now.Member, Books.UpTo(transfers, time));
        return Ledger.TimeOut(Ledger.Activate(then, time).Wallet, time).Wallet;
    }

    private static long Available(Wallet wallet, DateTime at) => wallet.Lots.Sum(lot => lot.Spendable(at)) - wallet.Debt;

    private static long Sum(IEnumerable<Transfer> transfers, TransferKind kind) =>
        transfers.Where(transfer => transfer.Kind == kind).Sum(transfer => transfer.Amount);
}
