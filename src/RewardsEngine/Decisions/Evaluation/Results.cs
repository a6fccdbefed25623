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
        return decision with
        {
            Lines = [.. Enumerable.Range(0, cart.Count).Select(line => Priced(run, cart, line, points[line]))],
            Totals = new(cart.Gross, cart.Gross - cart.Left, cart.ShippingGross, cart.ShippingGross - cart.ShippingLeft, cart.Total, paid, cart.Total - paid),
            Discounts = [.. run.Applied.Where(candidate => run[candidate].Discount > 0).Select(candidate => DiscountOf(cart, candidate, run[candidate]))],
            FreeItems = [.. run.Applied.SelectMany(candidate => run[candidate].Given)],
            Tendered = tendered,
            Codes = [.. candidates.Codes.Select(code => CodeOutcomeOf(run, candidates, code))],
        };
    }

    private static PricedLine Priced(Run run, Cart cart, int line, long points)
    {
        var source = cart.Line(line);
        var basis = Earning.Earns(source, false) ? Earning.BasisOf(run, line, null) : 0m;
        return new(source.Id, source.Sku, source.Quantity, cart[line].Gross, cart[line].Gross - cart[line].Left, cart[line].Left, basis, points);
    }

    private static RuleDiscount DiscountOf(Cart cart, Candidate candidate, Outcome outcome) => new(
        candidate.Rule.Id, candidate.Rule.Rule.Version,
        [.. Enumerable.Range(0, outcome.Lines.Length).Where(line => outcome.Lines[line] != 0).Select(line => new LineAmount(cart.Line(line).Id, outcome.Lines[line]))],
        outcome.Shipping, outcome.Discount);

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
            effects.AddRange(awards.Where(award => award.Candidate == candidate).Select(award => Awarded(run, award)));
            effects.AddRange(outcome.Effects);
            effects.AddRange(outcome.Given.GroupBy(item => item.Sku).Select(item => new TakeStock(rule.Id, rule.Version, item.Key, item.Sum(given => given.Quantity))));
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
        List<LinePoints> allocation = run.Cart is { } cart
            ? [.. Enumerable.Range(0, cart.Count).Where(line => shares[line] != 0).Select(line => new LinePoints(cart.Line(line).Id, shares[line]))]
            : [];
        return new(rule.Id, rule.Version, award.Points, active, expires, policy.IsSliding, rule.Qualifying ? award.Points : 0, allocation);
    }

    /// <summary>Points by line; what belongs to no line is shared by price, so that lines always sum to the award.</summary>
    private static long[] SharesOf(Run run, Award award) => award.Shares ??= Spread(run, award);

    private static long[] Spread(Run run, Award award)
    {
        if (run.Cart is not { Count: > 0 } cart) return [];
        var weights = award.Exact[..cart.Count];
        if (award.Exact[^1] > 0 || weights.Sum() == 0)
        {
            var prices = Enumerable.Range(0, cart.Count).Select(line => Earning.Earns(cart.Line(line), false) ? Earning.BasisOf(run, line, null) : 0m).ToArray();
            var sum = prices.Sum();
            for (var line = 0; line < weights.Length; line++) weights[line] += award.Exact[^1] * (sum > 0 ? prices[line] / sum : 1m / weights.Length);
        }
        return Shares.OfPoints(award.Points, weights, run.Reckoning.Remainder);
    }
}
