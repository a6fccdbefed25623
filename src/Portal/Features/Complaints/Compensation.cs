using Complaints.Cases;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Ledger;
using RewardsEngine.Activities;

namespace Portal.Features.Complaints;

/// <summary>
/// Gives what a decision promises and the portal can give by itself: points through the same rules and ledger as every other
/// point (a rule triggered by <c>complaint.resolved</c> books them; when none does, nothing is promised as given), and vouchers.
/// </summary>
internal sealed class Compensation(Portal.Rewarding.Rewards rewards, RemedyVouchers vouchers)
{
    /// <summary>Books points and issues vouchers of the decision that stands: all of them or nothing.</summary>
    /// <returns>The vouchers; refused when there is no account, no rule gives the full number, or a reward is not to be had.</returns>
    public async Task<Result<List<GivenVoucher>>> GiveAsync(RewardingWork work, OpenCase open, bool accepted, CancellationToken cancel)
    {
        var decision = open.Case.Decision!;
        ComplaintResolved? resolved = null;
        MemberAccount? account = null;
        if (decision.Points > 0)
        {
            if (open.Row.MemberId is not { } member || (account = await work.FindAsync(member, cancel)) is null)
                return new Refusal("case.points_not_booked");
            resolved = Resolved(open, member, decision, accepted, work.Now);
            if ((await rewards.PreviewAsync(work, account, resolved, cancel)).PointsAwarded() != decision.Points)
                return new Refusal("case.points_not_booked");
        }
        if (await vouchers.GiveAsync(work, open, cancel) is not { } given)
            return new Refusal("case.voucher_gone");
        if (resolved is null)
            return given;
        var decided = await rewards.DecideAsync(work, account!, resolved, cancel);
        return decided.Decision.PointsAwarded() == decision.Points
            ? given
            : throw new InvalidOperationException($"Case {open.Row.Reference}: {decided.Decision.PointsAwarded()} points were decided, {decision.Points} promised.");
    }

    /// <summary>Under which the points of a case are booked: once each time that a remedy is delivered.</summary>
    public static string ReferenceOf(string reference, int round) => FormattableString.Invariant($"{reference}/{round}");

    private static ComplaintResolved Resolved(OpenCase open, RewardsEngine.Values.MemberId member, Decision decision, bool accepted, DateTime now)
    {
        var round = open.Case.History.Count(e => e is RemedyDelivered) + 1;
        return new()
        {
            Reference = ReferenceOf(open.Row.Reference, round),
            Member = member,
            OccurredAt = now,
            Case = open.Row.Reference,
            Points = decision.Points,
            Outcome = decision.Outcome switch { Outcome.Upheld => "upheld", Outcome.PartlyUpheld => "partly", _ => "not_upheld" },
            Category = open.Row.Category,
            Accepted = accepted,
            OpenForMinutes = (long)(now - open.Case.Submission.At).TotalMinutes,
        };
    }
}
