using Complaints.Cases;
using Portal.Rewarding;
using RewardsEngine.Activities;

namespace Portal.Features.Complaints;

/// <summary>
/// Gives the points of a decision through the same rules and ledger as every other point. A rule triggered by
/// <c>complaint.resolved</c> books them; when none does, nothing is promised as given.
/// </summary>
internal sealed class Compensation(Portal.Rewarding.Rewards rewards)
{
    /// <summary>Books the points of the decision that stands.</summary>
    /// <returns>False when there is no account, or no rule gives the full number: nothing was booked then.</returns>
    public async Task<bool> GiveAsync(RewardingWork work, OpenCase open, bool accepted, CancellationToken cancel)
    {
        if (open.Case.Decision is not { Points: > 0 } decision)
            return true;
        if (open.Row.MemberId is not { } member || await work.FindAsync(member, cancel) is not { } account)
            return false;
        var activity = Resolved(open, member, decision, accepted, work.Now);
        if ((await rewards.PreviewAsync(work, account, activity, cancel)).PointsAwarded() != decision.Points)
            return false;
        var decided = await rewards.DecideAsync(work, account, activity, cancel);
        return decided.Decision.PointsAwarded() == decision.Points
            ? true
            : throw new InvalidOperationException($"Case {open.Row.Reference}: {decided.Decision.PointsAwarded()} points were decided, {decision.Points} promised.");
    }

    private static ComplaintResolved Resolved(OpenCase open, RewardsEngine.Values.MemberId member, Decision decision, bool accepted, DateTime now)
    {
        var round = open.Case.History.Count(e => e is RemedyDelivered) + 1;
        return new()
        {
            Reference = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{open.Row.Reference}/{round}"),
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
