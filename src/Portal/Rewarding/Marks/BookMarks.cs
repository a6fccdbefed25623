using RewardsEngine.Decisions;
using RewardsEngine.Values;

namespace Portal.Rewarding.Marks;

/// <summary>Badges and challenges, booked with the decision that gives them. The member's lock is held.</summary>
internal static class BookMarks
{
    public static async Task GrantAsync(RewardingWork work, MemberId member, GrantBadge badge, DateTime at, CancellationToken cancel)
    {
        if (await work.Db.Set<BadgeRow>().FindAsync([member, badge.Badge], cancel) is null)
            work.Db.Add(new BadgeRow { MemberId = member, Badge = badge.Badge, NameId = badge.Name.Id, NameEn = badge.Name.En, RuleId = badge.Rule, At = at });
    }

    public static async Task AdvanceAsync(RewardingWork work, MemberId member, ProgressChallenge step, LocalizedText name, DateTime at, CancellationToken cancel)
    {
        var row = await work.Db.Set<ChallengeRow>().FindAsync([member, step.Challenge], cancel);
        if (row is null)
            work.Db.Add(row = new() { MemberId = member, Challenge = step.Challenge, NameId = name.Id, NameEn = name.En });
        row.Goal = step.Goal;
        row.Progress = (int)Math.Clamp((long)row.Progress + step.By, 0, step.Goal);
        if (row.Progress >= row.Goal)
            row.CompletedAt ??= at;
    }
}
