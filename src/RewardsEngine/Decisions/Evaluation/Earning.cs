using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>The earning phase: basis × rate → rounding → caps → multipliers → caps over all rules.</summary>
internal static class Earning
{
    public static IReadOnlyList<Award> Run(Run run)
    {
        run.LetExclusiveAlone(Family.Earning);
        var awards = new List<Award>();
        foreach (var candidate in run.InOrder)
        {
            if (!candidate.Rule.IsBase || !run.Admit(candidate, Family.Earning)) continue;
            var award = Base(run, candidate);
            Caps.OfRule(run.Situation, award, run[candidate]);
            Keep(run, award, awards);
        }
        Multipliers.Run(run, awards, award => Keep(run, award, awards));
        Caps.OfProgramme(run, awards);
        foreach (var award in awards)
        {
            run[award.Candidate].Points += award.Points;
            run[award.Candidate].Steps.AddRange(award.Steps);
        }
        awards.RemoveAll(award => award.Points <= 0);
        return awards;
    }

    /// <summary>The points a rule would give now, without caps: for comparing rules of a group.</summary>
    public static decimal Expected(Run run, Candidate candidate)
    {
        if (candidate.Rule.IsBase) return Base(run, candidate).Points;
        var others = run.InOrder.Where(other => other.Rule.IsBase && run[other].Admitted != false && run.HoldsNow(other)).Sum(other => Base(run, other).Points);
        return candidate.Rule.Multipliers.Sum(multiplier => others * (multiplier.Factor - 1));
    }

    /// <summary>What points are earned on, line by line, before tax is taken out.</summary>
    public static decimal BasisOf(Run run, int line, Basis? ruleBasis) => ruleBasis == Basis.Initial
        ? run.Cart![line].Gross
        : run.Cart![line].Left + (run.Reckoning.EarningBasis == EarningBasis.AfterLineDiscounts ? run.Cart[line].OrderDiscount : 0m);

    public static bool Earns(PurchaseLine line, bool onRewards) => line.TopUp is null && (onRewards || !line.IsReward);

    public static int Places(Run run) => (run.Cart?.Count ?? 0) + 1;

    private static void Keep(Run run, Award award, List<Award> awards)
    {
        Caps.OfLedger(run.Situation, award, awards);
        if (award.Points <= 0)
        {
            run[award.Candidate].Note(MissReason.NothingToChange);
            return;
        }
        awards.Add(award);
        run.Changed(award.Candidate, Family.Earning);
    }

    private static Award Base(Run run, Candidate candidate)
    {
        var award = new Award(candidate, Places(run), run.Spreads);
        foreach (var effect in candidate.Rule.In(Phase.Earning))
            switch (effect)
            {
                case PointsPerAmount per: PerAmount(run, candidate, per, award); break;
                case FixedPoints points: Fixed(run, points, award); break;
                case PointsAsRequested requested: Requested(run, requested, award); break;
            }
        Round(run, award);
        return award;
    }

    /// <summary>Takes away what division left in the last digits, so that 6.999…9 does not become 6.</summary>
    public static decimal Clean(decimal value) => decimal.Round(value, 12);

    public static PointsRounding RoundingOf(Run run, Candidate candidate) => candidate.Rule.Rule.Rounding ?? run.Reckoning.PointsRounding;

    private static void Round(Run run, Award award)
    {
        var exact = Clean(Math.Min(award.Total, Award.MostExact));
        var mode = RoundingOf(run, award.Candidate);
        award.Points = Reversals.Round(exact, mode);
        AddRounding(run, award, exact, award.Points, mode);
    }

    public static void AddRounding(Run run, Award award, decimal exact, long rounded, PointsRounding mode)
    {
        if (exact == rounded) return;
        var unit = run.Situation.ToSmallest(1m);
        award.Steps.Add(new RoundingStep(exact / unit, rounded / unit, mode switch { PointsRounding.Floor => "floor", PointsRounding.HalfUp => "half_up", _ => "ceiling" }, true));
    }

    private static void PerAmount(Run run, Candidate candidate, PointsPerAmount effect, Award award)
    {
        var (basis, sum, lines) = run.EarningBasis(effect, candidate.Rule.Rule.Basis);
        if (sum <= 0) return;
        var exact = effect.Mode == AmountMode.FullSteps ? Math.Floor(sum / effect.Per) * effect.Points : sum * effect.Points / effect.Per;
        var points = effect.Mode == AmountMode.WholePoints ? Math.Floor(Clean(exact)) : exact;
        award.Steps.Add(new BasisStep(run.Cart is null || lines.Count == run.Cart.Count ? BasisKind.Order : BasisKind.Lines, sum, run.Cart is null ? [] : Discounts.Names(run.Cart, lines)));
        award.Steps.Add(new RateStep(sum, effect.Points, effect.Per, effect.Mode == AmountMode.FullSteps, exact));
        if (points != exact) award.Steps.Add(new RoundingStep(exact, points, "floor", true));
        award.Add(run.Situation.ToSmallest(points), basis, sum);
    }

    /// <summary>The amounts that points are given for, by place, and the lines of the scope.</summary>
    public static (decimal[] ByPlace, decimal Sum, List<int> Lines) AmountsFor(Run run, PointsPerAmount effect, Basis? ruleBasis)
    {
        var basis = new decimal[Places(run)];
        if (run.Situation.Activity is Payment payment) basis[^1] = payment.Amount;
        var lines = run.Cart is null ? [] : Discounts.LinesIn(run.Cart, effect.Scope);
        foreach (var line in lines)
            if (Earns(run.Cart!.Line(line), effect.OnRewards)) basis[line] = BasisOf(run, line, ruleBasis) * (effect.OnTax ? 1m : Untaxed(run, line));
        if (effect.OnShipping && run.Cart is not null) basis[^1] += run.Cart.ShippingLeft;
        return (basis, Clean(basis.Sum()), lines);
    }

    private static decimal Untaxed(Run run, int line) =>
        run.Cart!.Line(line).Tax is var tax && tax > 0 && run.Cart[line].Gross > 0 ? Math.Max(0m, 1m - tax / run.Cart[line].Gross) : 1m;

    private static void Fixed(Run run, FixedPoints effect, Award award)
    {
        if (run.Cart is not null && !effect.PerUnit && effect.Scope.IsEverything())
        {
            var (prices, all) = run.WholePrices();
            Give(prices, all, 1);
            return;
        }
        var weights = new decimal[Places(run)];
        var times = 1;
        if (run.Cart is not null)
        {
            var lines = Discounts.LinesIn(run.Cart, effect.Scope);
            lines.RemoveAll(line => !Earns(run.Cart.Line(line), false));
            if (effect.PerUnit) times = lines.Sum(line => run.Cart.Line(line).Quantity);
            else if (lines.Count == 0 && !effect.Scope.IsEverything()) times = 0;
            foreach (var line in lines) weights[line] = effect.PerUnit ? run.Cart.Line(line).Quantity : BasisOf(run, line, null);
        }
        if (times == 0) return;
        var sum = weights.Sum();
        if (sum == 0) sum = weights[^1] = 1m;
        Give(weights, sum, times);

        void Give(decimal[] weights, decimal sum, int times)
        {
            award.Steps.Add(new FixedStep(effect.Points, times, effect.Points * times, true));
            award.Add(run.Situation.ToSmallest(effect.Points * times), weights, sum);
        }
    }

    private static void Requested(Run run, PointsAsRequested effect, Award award)
    {
        var unit = run.Situation.ToSmallest(1m);
        var asked = run.Situation.Activity switch
        {
            ComplaintResolved complaint => complaint.Points / unit,
            Custom custom when custom.Fields.GetValueOrDefault("points") is { Number: { } points } => points,
            _ => 0m,
        };
        if (asked <= 0) return;
        award.Steps.Add(new BasisStep(BasisKind.Requested, asked, []));
        var given = Math.Min(asked, effect.Max ?? asked);
        if (given < asked) award.Steps.Add(new CapStep(CapKind.Effect, null, given, 0m, asked, given, true));
        award.Add(run.Situation.ToSmallest(given));
    }
}
