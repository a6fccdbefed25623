using Portal.Platform;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Programmes;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;

namespace Portal.Rewarding;

/// <summary>What the reporter of an event gets back; the same for every repeat.</summary>
public sealed record EventReceipt(Guid Event, Decision Decision, long Balance, long Pending, long Version, bool Repeated);

/// <summary>Records something a member did beside buying – a visit, a review, a payment, an event of the company's own – and books what the rules give.</summary>
public sealed class RecordEvent(Rewards rewards, ProgrammeStore programmes)
{
    public async Task<Result<EventReceipt>> HandleAsync(RewardingWork work, Activity activity, CancellationToken cancel)
    {
        var member = activity.Member ?? throw new ArgumentException("An event is somebody's.", nameof(activity));
        // Locked first: of two who report the same event at once, the second then finds what the first stored.
        if (await work.FindAsync(member, cancel) is not { } account)
            return new Refusal("member.unknown", "member", member);
        if (await Decider.KnownAsync(work.Db, activity.Type, activity.Reference, cancel) is { } known)
        {
            return Decider.IsRepeat(known, activity)
                ? new EventReceipt(known.Id, known.ReadDecision(), account.Wallet.Balance, account.Wallet.Pending, account.Wallet.Version, Repeated: true)
                : new Refusal("reference.conflict", "reference", activity.Reference);
        }
        var rules = await programmes.CurrentAsync(work, cancel);
        if (Intake.Check(activity, rules.Programme) is { Count: > 0 } faults)
            return Result<EventReceipt>.Refused([.. faults.Select(f => new Refusal("intake", f.Path, f.Message))]);

        var (decision, row, _) = await rewards.DecideAsync(work, account, activity, cancel);
        if (activity is Payment payment)
            await VoucherIssuer.ConfirmAsync(work, account.Id, payment.Invoice, cancel);
        if (activity is Visit)
        {
            var counters = await Snapshots.CountersAsync(work.Db, account, cancel);
            counters.Visits++;
            work.Db.Add(new HappeningRow { MemberId = account.Id, Kind = HappeningKind.Visit, At = activity.OccurredAt });
            counters.FirstVisitAt = counters.FirstVisitAt is { } first && first < activity.OccurredAt ? first : activity.OccurredAt;
            counters.LastVisitAt = counters.LastVisitAt is { } last && last > activity.OccurredAt ? last : activity.OccurredAt;
        }
        return new EventReceipt(row.Id, decision, account.Wallet.Balance, account.Wallet.Pending, row.WalletVersion, Repeated: false);
    }
}
