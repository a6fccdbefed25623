using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace Portal.Rewarding.Occasions;

/// <summary>
/// Tells the rules of points that expire soon: one event for all points whose last day is the next one, so many days before
/// as the programme says. Only wallets in which something changed since they were last looked at are read, without a lock;
/// only members who are told are locked.
/// </summary>
public sealed class RaiseExpiries(IDbContextFactory<PortalDb> databases, Rewards rewards, TimeProvider time)
{
    private const int WalletsAtOnce = 200;

    /// <returns>How many were raised.</returns>
    public async Task<int> HandleAsync(CompiledRuleSet rules, CancellationToken cancel)
    {
        var now = time.UtcNow();
        var until = now.AddDays(rules.Programme.Occasions.ExpiringDays);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var raised = 0;
        foreach (var some in (await UnlookedAsync(db, now, until, cancel)).Chunk(WalletsAtOnce))
        {
            foreach (var member in await LookAsync(db, some, now, until, cancel))
                raised += await RaiseAsync(rules, member, until, cancel);
        }
        return raised;
    }

    /// <summary>Who may have points that expire soon and were not told of yet.</summary>
    private static async Task<List<MemberId>> UnlookedAsync(PortalDb db, DateTime now, DateTime until, CancellationToken cancel) =>
        // The next thing that falls due in the wallet comes no later than its next expiry.
        await db.Set<WalletRow>().Where(w => w.Available > 0 && w.NextDueAt != null && w.NextDueAt <= until)
            .Where(w => db.Set<MemberRow>().Any(m => m.Id == w.MemberId && m.ClosedAt == null && m.MergedIntoId == null))
            // Left out: an unchanged wallet in which nothing expires soon or of which the rules were told, and one that changed
            // but whose next due moment is still the expiry that the rules were told of.
            .Where(w => !db.Set<ExpiryLookRow>().Any(l => l.MemberId == w.MemberId
                && ((l.WalletVersion == w.Version && (l.NextAt == null || l.NextAt > until)) || (l.Told && l.NextAt > now && (l.WalletVersion == w.Version || l.NextAt == w.NextDueAt)))))
            .Select(w => w.MemberId).ToListAsync(cancel);

    /// <returns>Those of them whose points expire soon; the others are marked as looked at.</returns>
    private static async Task<List<MemberId>> LookAsync(PortalDb db, MemberId[] members, DateTime now, DateTime until, CancellationToken cancel)
    {
        var wallets = await db.Set<WalletRow>().AsNoTracking().Where(w => members.Contains(w.MemberId)).ToListAsync(cancel);
        var lots = (await LotReader.OpenAsync(db, wallets, cancel)).ToLookup(l => l.MemberId);
        List<ExpiryLookRow> quiet = [];
        List<MemberId> due = [];
        foreach (var wallet in wallets)
        {
            var next = wallet.ToWallet(lots[wallet.MemberId].Select(l => l.ToLot()), []).NextExpiry(now);
            if (next?.At <= until)
                due.Add(wallet.MemberId);
            else
                quiet.Add(new() { MemberId = wallet.MemberId, WalletVersion = wallet.Version, NextAt = next?.At, Told = false });
        }
        await ExpiryLookRow.WriteAsync(db, quiet, cancel);
        return due;
    }

    /// <summary>Looked for once more under the member's lock: two nodes at once raise it once.</summary>
    private async Task<int> RaiseAsync(CompiledRuleSet rules, MemberId member, DateTime until, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        if (await work.FindAsync(member, cancel) is not { } account)
            return 0;
        await account.ReadLotsAsync(cancel);
        if (account.Wallet.NextExpiry(work.Now) is not { } next || next.At > until)
            return 0; // spent or expired in this moment: its new version is looked at in the next round
        var day = ProgrammeDays.Of(next.At.AddTicks(-1), rules.Zone);
        var activity = new PointsExpiring { Reference = FormattableString.Invariant($"points.expiring:{member}:{day:yyyy-MM-dd}"), Member = member, OccurredAt = work.Now, Points = next.Points, LastDay = day };
        var isNew = await Decider.KnownAsync(work.Db, activity.Type, activity.Reference, cancel) is null;
        if (isNew)
            await rewards.DecideAsync(work, account, activity, cancel);
        await ExpiryLookRow.WriteAsync(work.Db, [new() { MemberId = member, WalletVersion = account.Wallet.Version, NextAt = next.At, Told = true }], cancel);
        await work.CommitAsync(cancel);
        return isNew ? 1 : 0;
    }
}
