using RewardsEngine.Accounting;
using RewardsEngine.Programs;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Caps and budgets on points. Caps over a period reduce and say so; a cap on one order or a budget rejects or reduces, as stated.</summary>
internal static class Caps
{
    /// <param name="situation">What is decided.</param>
    /// <param name="award">The award to bound.</param>
    /// <param name="outcome">Notes what bounded it.</param>
    /// <param name="already">What the rule has awarded in this decision: one that earns and multiplies has two awards.</param>
    public static void OfRule(Situation situation, Award award, Outcome outcome, long already = 0)
    {
        var rule = award.Candidate.Rule.Rule;
        foreach (var cap in rule.Caps)
        {
            var used = cap.Span switch
            {
                Span.Order => 0,
                Span.Ever => situation.UseOf(rule.Id)?.Points ?? 0,
                _ => situation.UseOf(rule.Id)?.Days.Where(day => day.Day >= situation.StartOf(cap.Span)).Sum(day => day.Points) ?? 0,
            };
            if (!Within(situation, award, CapKind.Rule, cap.Span, Smallest(situation, cap.Points), used + already, cap.Span == Span.Order ? cap.When : WhenExceeded.Reduce))
                outcome.Note(MissReason.CapReached);
        }
        if (rule.Budget?.Points is not { } budget || award.Points == 0) return;
        var left = situation.LeftOf(rule.Id)?.Points ?? Smallest(situation, budget);
        if (!Within(situation, award, CapKind.Budget, null, left, already, rule.Budget.When)) outcome.Note(MissReason.BudgetExceeded);
    }

    /// <summary>One activity gives no more than one entry of the ledger can hold.</summary>
    public static void OfLedger(Situation situation, Award award, IReadOnlyList<Award> before)
    {
        if (award.Points > Ledger.MaxPoints / 2 || before.Count > 0) Within(situation, award, CapKind.Ledger, null, Ledger.MaxPoints, before.Sum(other => other.Points), WhenExceeded.Reduce);
    }

    public static void OfProgramme(Run run, IReadOnlyList<Award> awards)
    {
        var situation = run.Situation;
        foreach (var cap in situation.Programme.Caps)
        {
            var used = cap.Span == Span.Order ? 0
                : situation.Member.EarnedByDay.Where(day => cap.Span == Span.Ever || day.Day >= situation.StartOf(cap.Span)).Sum(day => day.Points);
            foreach (var award in awards)
            {
                if (award.Points <= 0) continue;
                if (!Within(situation, award, CapKind.Programme, cap.Span, Smallest(situation, cap.Points), used, cap.Span == Span.Order ? cap.When : WhenExceeded.Reduce))
                    run[award.Candidate].Note(MissReason.CapReached);
                used += award.Points;
            }
        }
    }

    /// <summary>Bounds an award; false when nothing is left of it.</summary>
    private static bool Within(Situation situation, Award award, CapKind kind, Span? span, long limit, long used, WhenExceeded when)
    {
        var left = Math.Max(0, limit - used);
        if (award.Points <= left) return true;
        var after = when == WhenExceeded.Reject ? 0 : left;
        var unit = situation.ToSmallest(1m);
        award.Steps.Add(new CapStep(kind, span, limit / unit, used / unit, award.Points / unit, after / unit, true));
        award.Points = after;
        return after > 0;
    }

    private static long Smallest(Situation situation, decimal points) => (long)Math.Floor(situation.ToSmallest(points));
}
