using RewardsEngine.Activities;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Puts a finished run into a decision.</summary>
internal static class Results
{
    public static Decision Of(Run run, Candidates candidates, IReadOnlyList<Award> awards, Decisions.Explanation explanation)
    {
        var situation = run.Situation;
        var decision = new Decision
        {
            Reference = situation.Activity.Reference,
            Activity = situation.Activity.Type,
            Member = situation.Activity.Member,
            OccurredAt = situation.Activity.OccurredAt,
            RuleSetVersion = situation.Rules.Version,
            Currency = situation.Programme.Currency,
            Effects = EffectsOf(run, awards),
            Explanation = explanation,
        };
        return run.Cart is { } cart ? WithPrices(decision, run, cart, candidates, awards) : decision;
    }

    private static Decision WithPrices(Decision decision, Run run, Cart cart, Candidates candidates, IReadOnlyList<Award> awards)
    {
        var tendered = Tenders.Take(cart);
        var paid = tendered.Sum(tender => tender.Taken);
        var points = new long[cart.Count];
        foreach (var award in awards)
        {
            var shares = SharesOf(run, award);
            for (var line = 0; line < points.Length; line++) points[line] += shares[line];
        }
        var lines = new PricedLine[cart.Count];
        for (var line = 0; line < lines.Length; line++) lines[line] = Priced(run, cart, line, points[line]);
        return decision with
        {
            Lines = lines,
            Totals = new(cart.Gross, cart.Gross - cart.Left, cart.ShippingGross, cart.ShippingGross - cart.ShippingLeft, cart.Total, paid, cart.Total - paid),
            Discounts = DiscountsOf(run, cart),
            FreeItems = run.Applied.Exists(candidate => run[candidate].HasGiven) ? [.. run.Applied.SelectMany(candidate => run[candidate].Given)] : [],
            Tendered = tendered,
            Codes = candidates.Codes.Count == 0 ? [] : [.. candidates.Codes.Select(code => CodeOutcomeOf(run, candidates, code))],
        };
    }

    private static PricedLine Priced(Run run, Cart cart, int line, long points)
    {
        var source = cart.Line(line);
        var basis = Earning.Earns(source, false) ? Earning.BasisOf(run, line, null) : 0m;
        return new(source.Id, source.Sku, source.Quantity, cart[line].Gross, cart[line].Gross - cart[line].Left, cart[line].Left, basis, points);
    }

    private static List<RuleDiscount> DiscountsOf(Run run, Cart cart)
    {
        var discounts = new List<RuleDiscount>();
        foreach (var candidate in run.Applied)
        {
            var outcome = run[candidate];
            if (outcome.Discount is var sum and > 0)
                discounts.Add(new(candidate.Rule.Id, candidate.Rule.Rule.Version, DiscountResult.Amounts(cart, outcome.Lines), outcome.Shipping, sum));
        }
        return discounts;
    }

    private static CodeOutcome CodeOutcomeOf(Run run, Candidates candidates, string code)
    {
        var (rule, reason) = candidates.CodeReasons.GetValueOrDefault(code, (null, MissReason.CodeUnknown));
        if (reason is not null || rule is null) return new(code, rule, false, reason);
        var candidate = run.InOrder.First(candidate => candidate.Rule.Id == rule);
        var outcome = run[candidate];
        return outcome.Applied ? new(code, rule, true, null) : new(code, rule, false, outcome.Reason ?? MissReason.NothingToChange);
    }

    private static List<DecidedEffect> EffectsOf(Run run, IReadOnlyList<Award> awards)
    {
        var effects = new List<DecidedEffect>();
        foreach (var candidate in run.Applied)
        {
            var (rule, outcome) = (candidate.Rule.Rule, run[candidate]);
            if (!outcome.Applied) continue;
            foreach (var award in awards)
                if (award.Candidate == candidate) effects.Add(Awarded(run, award));
            if (outcome.HasEffects) effects.AddRange(outcome.Effects);
            if (outcome.HasGiven) effects.AddRange(outcome.Given.GroupBy(item => item.Sku).Select(item => new TakeStock(rule.Id, rule.Version, item.Key, item.Sum(given => given.Quantity))));
            if (candidate.Rule.VoucherCode is { } voucher) effects.Add(new UseVoucher(rule.Id, rule.Version, voucher));
            else
            {
                if (candidate.Code is { } code && rule.Activation.Kind == ActivationKind.UniqueCodes) effects.Add(new UseCode(rule.Id, rule.Version, code, rule.ReleaseUseOnCancel));
                if (rule.Budget is { } budget)
                    effects.Add(new TakeBudget(rule.Id, rule.Version, budget.Spend is null ? 0m : outcome.Discount, budget.Points is null ? 0 : outcome.Points, budget.Uses is null ? 0 : candidate.Times));
                effects.Add(new CountUse(rule.Id, rule.Version, candidate.Times, outcome.Points, candidate.Rule.IsLimitedForEveryone, rule.ReleaseUseOnCancel));
            }
        }
        return effects;
    }

    private static AwardPoints Awarded(Run run, Award award)
    {
        var (situation, rule) = (run.Situation, award.Candidate.Rule.Rule);
        var occurred = situation.Activity.OccurredAt;
        var pending = rule.PendingDays is { } days ? TimeSpan.FromDays(days)
            : situation.Activity is Purchase ? situation.Programme.Points.ReturnWindow : TimeSpan.Zero;
        var policy = rule.Expiry ?? situation.Programme.Points.Expiry;
        var expires = policy.ExpiresAt(occurred, situation.Rules.Zone, situation.Programme.Points.Boundary);
        var active = occurred + pending;
        if (expires <= active) expires = policy.ExpiresAt(active, situation.Rules.Zone, situation.Programme.Points.Boundary); // never dead before it is active
        var shares = SharesOf(run, award);
        var allocation = new List<LinePoints>(shares.Length);
        for (var line = 0; run.Cart is { } cart && line < cart.Count; line++)
            if (shares[line] != 0) allocation.Add(new(cart.Line(line).Id, shares[line]));
        return new(rule.Id, rule.Version, award.Points, active, expires, policy.IsSliding, rule.Qualifying ? award.Points : 0, allocation);
    }

    /// <summary>Points by line; what belongs to no line is shared by price, so that lines always sum to the award.</summary>
    private static long[] SharesOf(Run run, Award award) => award.SharesOr(() => Spread(run, award));

    private static long[] Spread(Run run, Award award)
    {
        if (run.Cart is not { Count: > 0 } cart) return [];
        var weights = award.Exact[..cart.Count];
        if (award.Exact[^1] > 0 || weights.Sum() == 0)
        {
            var prices = new decimal[cart.Count];
            for (var line = 0; line < prices.Length; line++) prices[line] = Earning.Earns(cart.Line(line), false) ? Earning.BasisOf(run, line, null) : 0m;
            var sum = prices.Sum();
            for (var line = 0; line < weights.Length; line++) weights[line] += award.Exact[^1] * (sum > 0 ? prices[line] / sum : 1m / weights.Length);
        }
        return Shares.OfPoints(award.Points, weights, run.Reckoning.Remainder);
    }
}
