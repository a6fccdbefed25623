using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Notifications.Templates;
using Portal.Data;
using Portal.Platform;
using Portal.Platform.Mail;
using Portal.Rewarding;
using Portal.Rewarding.Catalogue;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using RewardsEngine.Accounting;
using RewardsEngine.Json;
using RewardsEngine.Values;
using Books = RewardsEngine.Accounting.Ledger;

namespace Portal.Features.Catalogue;

/// <summary>What a redemption gave.</summary>
public sealed record Redeemed(Guid Voucher, string Code, long Balance);

/// <summary>
/// Buys a reward with points: stock, points and voucher in one transaction. The form carries the request's id, so that a
/// form sent twice redeems once.
/// </summary>
public sealed class RedeemReward(Portal.Rewarding.Rewards rewards, Outbox outbox, PublicAddress address, IOptions<PortalOptions> options)
{
    // The rule field of a voucher that no rule issued.
    private static readonly RuleId ByReward = new("reward");

    public async Task<Result<Redeemed>> HandleAsync(MemberId member, string rewardKey, Guid request, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        var account = await work.FindAsync(member, cancel) ?? throw new InvalidOperationException($"Member {member} has no wallet.");
        var activity = $"redemption:{request:N}";
        if (await work.Db.Set<VoucherRow>().SingleOrDefaultAsync(v => v.IssuedFor == activity && v.MemberId == member, cancel) is { } known)
            return new Redeemed(known.Id, known.Code, account.Wallet.Balance);

        // Welcome points cost nothing to whoever invents addresses: spending them takes one that is proven.
        if (account.Row.EmailConfirmedAt is null)
            return new Refusal("email.unproven");
        account.Settle(work.Now, work.Now);
        var reward = await work.Db.Set<RewardRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Key == rewardKey, cancel);
        var booked = await BookAsync(work, account, reward, activity, work.Now, cancel);
        if (!booked.Succeeded)
            return booked.Refusals[0];
        await TellAsync(work, account, reward!, booked.Value, activity, cancel);
        await work.CommitAsync(cancel);
        return new Redeemed(booked.Value.Id, booked.Value.Code, account.Wallet.Balance);
    }

    /// <summary>Within an open work: points, stock and voucher at <paramref name="at"/> (UTC). Tells nobody.</summary>
    internal async Task<Result<VoucherRow>> BookAsync(RewardingWork work, MemberAccount account, RewardRow? reward, string activity, DateTime at, CancellationToken cancel)
    {
        if (Refuse(reward, account, ProgrammeDays.Of(at, options.Value.Zone)) is { } refusal)
            return refusal;
        var spent = account.Apply(Books.Spend(account.Wallet, new(activity, at, new(Activity: activity)), reward!.Points));
        if (!spent.Accepted)
            return new Refusal("points.short", null, reward.Points - account.Wallet.Spendable(at));
        if (!await TakeAsync(work.Db, reward.Id, cancel))
            return new Refusal("reward.sold_out");
        await HappeningRow.CountRedemptionAsync(work.Db, account.Id, reward.Points, at, cancel);
        return Issue(work, account.Id, reward, activity, at);
    }

    private static Refusal? Refuse(RewardRow? reward, MemberAccount account, DateOnly today)
    {
        if (reward is null || !RewardShelf.IsOnShelf(reward, today))
            return new("reward.gone");
        if (reward.TierKeys.Count > 0 && !reward.TierKeys.Contains(account.Row.TierKey))
            return new("reward.other_tier");
        return reward.Stock is 0 ? new("reward.sold_out") : null;
    }

    // Conditional: of two people who want the last one, the database gives it to one.
    private static async Task<bool> TakeAsync(PortalDb db, Guid reward, CancellationToken cancel) =>
        await db.Set<RewardRow>().Where(r => r.Id == reward && (r.Stock == null || r.Stock > 0))
            .ExecuteUpdateAsync(set => set
                .SetProperty(r => r.Stock, r => r.Stock - 1)
                .SetProperty(r => r.Redeemed, r => r.Redeemed + 1)
                .SetProperty(r => r.Revision, r => r.Revision + 1), cancel) == 1; // an edit under way must not write the old stock back

    private VoucherRow Issue(RewardingWork work, MemberId member, RewardRow reward, string activity, DateTime at)
    {
        var today = ProgrammeDays.Of(at, options.Value.Zone);
        var voucher = new VoucherRow
        {
            Code = VoucherIssuer.NewCode(),
            MemberId = member,
            Template = EngineJson.Write(reward.Template(options.Value.ProgrammeCurrency)),
            NameId = reward.NameId,
            NameEn = reward.NameEn,
            IssuedBy = ByReward,
            IssuedFor = activity,
            IssuedAt = at,
            ValidFrom = today,
            ValidTo = today.AddDays(reward.ValidDays - 1),
        };
        work.Db.Add(voucher);
        return voucher;
    }

    private async Task TellAsync(RewardingWork work, MemberAccount account, RewardRow reward, VoucherRow voucher, string activity, CancellationToken cancel)
    {
        var member = account.Row;
        if (member.EmailConfirmedAt is null || outbox.To(member.Email, member.Name, member.Language) is not { } to)
            return;
        var end = ProgrammeDays.StartOf(voucher.ValidTo.AddDays(1), options.Value.Zone).AddMinutes(-1);
        await outbox.AddAsync(work.Db, to, new RewardRedeemedMail(
            reward.Name.In(member.Language), reward.Points, account.Wallet.Spendable(work.Now), voucher.Code, end, address.Of($"/vouchers/{voucher.Id}")), activity, null, cancel);
    }
}
