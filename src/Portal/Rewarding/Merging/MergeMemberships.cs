using Microsoft.EntityFrameworkCore;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Payments;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using RewardsEngine.Accounting;
using RewardsEngine.Values;
using Books = RewardsEngine.Accounting.Ledger;

namespace Portal.Rewarding.Merging;

/// <summary>Who joins two memberships, and why.</summary>
public sealed record MergeCause(Guid By, bool ByStaff, string? Reason);

/// <summary>
/// Makes one membership out of two of the same person, inside the caller's transaction: points lot by lot, what is pending,
/// held and owed, qualifying points, counters, purchases, decisions, vouchers, and the rows of every feature. Who the person
/// is (name, address, sign-in) stays the caller's business.
/// </summary>
public sealed class MergeMemberships(IEnumerable<IMemberData> data, ProgrammeStore programmes)
{
    /// <param name="work">The open work, which holds both members' locks.</param>
    /// <param name="from">Ends, and points to the other from now on.</param>
    /// <param name="to">Stays.</param>
    /// <param name="cause">Who and why.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<MemberMergeRow> HandleAsync(RewardingWork work, MemberAccount from, MemberAccount to, MergeCause cause, CancellationToken cancel)
    {
        var rules = await programmes.CurrentAsync(work, cancel);
        from.Settle(work.Now, work.Now);
        to.Settle(work.Now, work.Now);
        var before = from.Wallet;
        await MovePointsAsync(work, from, to, cause, cancel);
        await MergeCounts.MoveAsync(work.Db, from, to, rules.Programme, cancel);
        var (mine, other) = (from.Id, to.Id);
        var purchases = await work.Db.Set<PurchaseRow>().Where(p => p.MemberId == mine).ExecuteUpdateAsync(s => s.SetProperty(p => p.MemberId, other), cancel);
        await work.Db.Set<ActivityRow>().Where(a => a.MemberId == mine).ExecuteUpdateAsync(s => s.SetProperty(a => a.MemberId, other), cancel);
        await work.Db.Set<PointsHoldRow>().Where(h => h.MemberId == mine).ExecuteUpdateAsync(s => s.SetProperty(h => h.MemberId, other), cancel);
        await work.Db.Set<HappeningRow>().Where(h => h.MemberId == mine).ExecuteUpdateAsync(s => s.SetProperty(h => h.MemberId, other), cancel);
        foreach (var part in data)
            await part.MoveAsync(work.Db, mine, other, cancel);
        // Memberships that ended in this one end in the other now: one step always leads to the one that lives.
        await work.Db.Set<MemberRow>().Where(m => m.MergedIntoId == mine).ExecuteUpdateAsync(s => s.SetProperty(m => m.MergedIntoId, other), cancel);
        from.Row.ClosedAt ??= work.Now;
        from.Row.MergedIntoId = other;
        from.Row.Version++;
        to.Row.JoinedAt = from.Row.JoinedAt < to.Row.JoinedAt ? from.Row.JoinedAt : to.Row.JoinedAt;
        to.Row.Version++;
        await TierStandings.ReviewAsync(work.Db, to, rules.Programme, ProgrammeDays.Of(work.Now, rules.Zone), cancel);
        var row = new MemberMergeRow
        {
            FromId = mine,
            ToId = other,
            At = work.Now,
            By = cause.By,
            ByStaff = cause.ByStaff,
            Reason = cause.Reason,
            FromCard = from.Row.CardCode,
            Available = before.Available,
            Pending = before.Pending,
            Held = before.Held,
            Debt = before.Debt,
            Qualifying = before.Qualifying,
            Purchases = purchases,
        };
        work.Db.Add(row);
        await work.Db.SaveChangesAsync(cancel);
        return row;
    }

    private static async Task MovePointsAsync(RewardingWork work, MemberAccount from, MemberAccount to, MergeCause cause, CancellationToken cancel)
    {
        var id = from.Id;
        // Emptied lots too: a later return of their sale must find what it gave.
        await from.LoadLotsAsync(await work.Db.Set<LotRow>().Where(l => l.MemberId == id && l.Earned > l.Reversed).Select(l => l.Id).ToListAsync(cancel), cancel);
        var moved = new Moved(
            [.. from.Wallet.Lots.OrderBy(l => l.Sequence).ThenBy(l => l.Id.Value).Select(l => (l, new LotId(Guid.CreateVersion7())))],
            from.Wallet.Holds, from.Wallet.Debt, from.Wallet.Qualifying);
        var because = new Cause(Activity: $"merged:{from.Id}", Person: cause.By.ToString(), Reason: cause.Reason ?? "membership.linked");
        from.Apply(Books.MoveOut(from.Wallet, new($"merged:{from.Id}:out", work.Now, because))).OrThrow();
        from.Moved(moved.Lots.Select(l => (l.Lot.Id, l.Id)));
        await work.Db.SaveChangesAsync(cancel); // reservations keep their number: gone there before they stand here
        to.Apply(Books.MoveIn(to.Wallet, new($"merged:{from.Id}:in", work.Now, because), moved)).OrThrow();
        to.MarkOfSale(moved.Lots.Where(l => from.IsOfSale(l.Lot.Id)).Select(l => l.Id));
        await work.Db.SaveChangesAsync(cancel);
    }
}
