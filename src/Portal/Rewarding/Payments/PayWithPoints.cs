using Microsoft.EntityFrameworkCore;
using Portal.Platform;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using RewardsEngine.Accounting;
using RewardsEngine.Values;
using Books = RewardsEngine.Accounting.Ledger;

namespace Portal.Rewarding.Payments;

public enum HoldState
{
    Open,
    Captured,
    Released,
    TimedOut,
}

/// <summary>A hold after a call, with the member's points.</summary>
/// <param name="Held">Still reserved by it.</param>
/// <param name="Moved">What this call reserved, spent or gave back.</param>
public sealed record HoldReceipt(PointsHoldRow Hold, HoldState State, long Held, long Moved, Wallet Wallet, bool Repeated);

/// <summary>
/// Points as a means of payment: a till reserves them, then takes all or a part, or gives them back. Every call is
/// recognised by its reference, so that a till that heard no answer may ask again.
/// </summary>
public sealed class PayWithPoints(Rewards rewards)
{
    public async Task<Result<HoldReceipt>> HoldAsync(MemberId member, string reference, long points, int timeoutSeconds, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        var known = await work.Db.Set<PointsHoldRow>().SingleOrDefaultAsync(h => h.Reference == reference, cancel);
        if (known is not null && (known.MemberId != member || known.Points != points || known.TimeoutSeconds != timeoutSeconds))
            return new Refusal("reference.conflict", "reference", reference);
        if (await work.FindAsync(member, cancel) is not { } account)
            return new Refusal("member.unknown", "member");
        account.Settle(work.Now, work.Now);
        if (known is not null)
            return Receipt(known, account, work.Now, known.Points, repeated: true);

        var row = new PointsHoldRow
        {
            Id = Guid.CreateVersion7(),
            MemberId = member,
            Reference = reference,
            Points = points,
            TimeoutSeconds = timeoutSeconds,
            PlacedAt = work.Now,
            ExpiresAt = work.Now.AddSeconds(timeoutSeconds),
        };
        var outcome = account.Apply(Books.Hold(account.Wallet, Posting($"hold:{reference}", work.Now), new(row.Id), points, row.ExpiresAt));
        if (outcome.Refusal == LedgerRefusal.Insufficient)
            return new Refusal("points.short", "points", account.Wallet.Spendable(work.Now));
        Accept(outcome);
        work.Db.Add(row);
        await work.CommitAsync(cancel);
        return Receipt(row, account, work.Now, points, repeated: false);
    }

    /// <param name="points">Null: everything held.</param>
    /// <param name="keepRest">Leave what is not taken reserved for a further capture, instead of giving it back.</param>
    public Task<Result<HoldReceipt>> CaptureAsync(Guid hold, string reference, long? points, bool keepRest, CancellationToken cancel) =>
        StepAsync(hold, reference, HoldStepKind.Capture, points, keepRest, cancel);

    public Task<Result<HoldReceipt>> ReleaseAsync(Guid hold, string reference, CancellationToken cancel) =>
        StepAsync(hold, reference, HoldStepKind.Release, null, keepRest: false, cancel);

    /// <summary>The hold as it stands; null when there is none.</summary>
    public async Task<HoldReceipt?> FindAsync(Guid hold, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        if (await work.Db.Set<PointsHoldRow>().SingleOrDefaultAsync(h => h.Id == hold, cancel) is not { } row)
            return null;
        var account = await AccountAsync(work, row, cancel);
        return Receipt(row, account, work.Now, 0, repeated: true);
    }

    private async Task<Result<HoldReceipt>> StepAsync(Guid hold, string reference, HoldStepKind kind, long? points, bool keepRest, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        if (await work.Db.Set<PointsHoldRow>().AsNoTracking().SingleOrDefaultAsync(h => h.Id == hold, cancel) is not { } found)
            return new Refusal("hold.unknown");
        var account = await AccountAsync(work, found, cancel); // the member's lock: what is read from here on stands still
        var row = await work.Db.Set<PointsHoldRow>().SingleAsync(h => h.Id == hold, cancel);
        if (await work.Db.Set<HoldStepRow>().SingleOrDefaultAsync(s => s.Reference == reference, cancel) is { } known)
        {
            return known.HoldId == hold && known.Kind == kind && known.Asked == points && known.KeepRest == keepRest
                ? Receipt(row, account, work.Now, known.Points, repeated: true)
                : new Refusal("reference.conflict", "reference", reference);
        }
        var before = account.Wallet.Hold(new(hold))?.Amount ?? 0;
        var posting = Posting($"{(kind == HoldStepKind.Capture ? "capture" : "release")}:{reference}", work.Now);
        var outcome = account.Apply(kind == HoldStepKind.Capture
            ? Books.Capture(account.Wallet, posting, new(hold), points, keepRest)
            : Books.Release(account.Wallet, posting, new(hold)));
        if (outcome.Refusal == LedgerRefusal.UnknownHold)
            return new Refusal("hold.closed");
        if (outcome.Refusal == LedgerRefusal.TooMuch)
            return new Refusal("hold.much", "points", before);
        Accept(outcome);
        var moved = outcome.Moved(kind == HoldStepKind.Capture ? TransferKind.Capture : TransferKind.Release);
        if (kind == HoldStepKind.Capture)
        {
            row.Captured += moved;
            await HappeningRow.CountRedemptionAsync(work.Db, account.Id, moved, work.Now, cancel);
        }
        if (account.Wallet.Hold(new(hold)) is null)
            row.ClosedAt = work.Now;
        work.Db.Add(new HoldStepRow { HoldId = hold, Reference = reference, Kind = kind, Asked = points, KeepRest = keepRest, Points = moved, At = work.Now });
        await work.CommitAsync(cancel);
        return Receipt(row, account, work.Now, moved, repeated: false);
    }

    private static async Task<MemberAccount> AccountAsync(RewardingWork work, PointsHoldRow hold, CancellationToken cancel)
    {
        var account = await work.FindAsync(hold.MemberId, cancel) ?? throw new InvalidOperationException($"Hold {hold.Id} belongs to nobody.");
        account.Settle(work.Now, work.Now);
        return account;
    }

    private static Posting Posting(string reference, DateTime now) => new(reference, now, new(Activity: reference));

    private static HoldReceipt Receipt(PointsHoldRow row, MemberAccount account, DateTime now, long moved, bool repeated)
    {
        var held = account.Wallet.Hold(new(row.Id))?.Amount ?? 0;
        var state = held > 0 ? HoldState.Open
            : row.Captured > 0 ? HoldState.Captured
            : row.ClosedAt is null && row.ExpiresAt <= now ? HoldState.TimedOut
            : HoldState.Released;
        return new(row, state, held, moved, account.Wallet, repeated);
    }

    private static void Accept(LedgerOutcome outcome)
    {
        if (!outcome.Accepted)
            throw new InvalidOperationException($"The ledger refused a checked payment: {outcome.Refusal}.");
    }
}
