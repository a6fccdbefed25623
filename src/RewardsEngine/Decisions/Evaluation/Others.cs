using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>The last phase: vouchers, tiers, badges, challenges, messages. Only members can be given these.</summary>
internal static class Others
{
    public static void Run(Run run)
    {
        if (run.Situation.IsGuest) return;
        run.LetExclusiveAlone(Family.Other);
        foreach (var candidate in run.InOrder)
        {
            if (!candidate.Rule.Has(Family.Other) || !run.Admit(candidate, Family.Other)) continue;
            var outcome = run[candidate];
            var before = outcome.Effects.Count;
            foreach (var effect in candidate.Rule.In(Phase.Other)) Give(run.Situation, candidate.Rule.Rule, effect, outcome);
            if (outcome.Effects.Count > before) run.Changed(candidate, Family.Other);
            else outcome.Note(MissReason.NothingToChange);
        }
    }

    private static void Give(Situation situation, Rule rule, Effect effect, Outcome outcome)
    {
        switch (effect)
        {
            case GiveVoucher give:
                var from = situation.Today.AddDays(give.Voucher.StartsAfterDays);
                var to = from.AddDays(give.Voucher.ValidDays - 1);
                outcome.Effects.Add(new IssueVoucher(rule.Id, rule.Version, give.Voucher, give.Count, from, to));
                outcome.Steps.Add(new GivenStep("voucher", give.Voucher.Key, give.Voucher.Name, give.Count, to));
                break;
            case SetTier set when !set.OnlyUp || Rank(situation, set.Tier) > Rank(situation, situation.Member.Tier):
                DateOnly? until = set.Days is { } days ? situation.Today.AddDays(days) : null;
                outcome.Effects.Add(new ChangeTier(rule.Id, rule.Version, set.Tier, until));
                outcome.Steps.Add(new GivenStep("tier", set.Tier, situation.Programme.Tiers.FirstOrDefault(tier => tier.Key == set.Tier)?.Name, 1, until));
                break;
            case GiveBadge badge:
                outcome.Effects.Add(new GrantBadge(rule.Id, rule.Version, badge.Badge, badge.Name));
                outcome.Steps.Add(new GivenStep("badge", badge.Badge, badge.Name, 1, null));
                break;
            case AdvanceChallenge challenge:
                outcome.Effects.Add(new ProgressChallenge(rule.Id, rule.Version, challenge.Challenge, challenge.By, challenge.Goal));
                outcome.Steps.Add(new GivenStep("challenge", challenge.Challenge, null, challenge.By, null));
                break;
            case Notify notify:
                outcome.Effects.Add(new SendMessage(rule.Id, rule.Version, notify.Template));
                outcome.Steps.Add(new GivenStep("message", notify.Template, null, 1, null));
                break;
        }
    }

    private static int Rank(Situation situation, string? tier)
    {
        for (var index = 0; index < situation.Programme.Tiers.Count; index++)
            if (situation.Programme.Tiers[index].Key == tier) return index;
        return -1;
    }
}
