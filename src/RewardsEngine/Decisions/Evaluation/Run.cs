using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>One run over the candidates: who is admitted, who excludes and stops whom, and what came of each.</summary>
internal sealed class Run
{
    private static readonly Phase[] DiscountPhases = [Phase.Items, Phase.Order, Phase.Shipping];

    private readonly FactsOf _facts;
    private readonly Dictionary<string, RuleId> _groupTaken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _groupDecided = new(StringComparer.Ordinal);
    private readonly RuleId?[] _stoppedBy = new RuleId?[3];

    public Run(Situation situation, FactsOf facts, IReadOnlyList<Candidate> inOrder)
    {
        Situation = situation;
        _facts = facts;
        InOrder = inOrder;
        Cart = situation.Purchase is { } purchase ? new Cart(purchase, situation.Programme.Currency) : null;
        foreach (var candidate in inOrder) Outcomes[candidate] = new Outcome(Cart?.Count ?? 0);
    }

    public Situation Situation { get; }

    public IReadOnlyList<Candidate> InOrder { get; }

    public Cart? Cart { get; }

    public Dictionary<Candidate, Outcome> Outcomes { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Candidates in the order in which they first changed something.</summary>
    public List<Candidate> Applied { get; } = [];

    public Reckoning Reckoning => Situation.Programme.Reckoning;

    public void TakeDiscounts()
    {
        if (Cart is null) return;
        LetExclusiveAlone(Family.Discounts);
        if (Reckoning.Order == EffectOrder.PriorityOnly)
        {
            foreach (var candidate in InOrder) Apply(candidate, [.. DiscountPhases.SelectMany(candidate.Rule.In)]);
            return;
        }
        foreach (var phase in DiscountPhases)
            foreach (var candidate in InOrder) Apply(candidate, candidate.Rule.In(phase));
    }

    /// <summary>Whether a candidate may act in a family now. Condition, group and budget are looked at once, when it first comes up.</summary>
    public bool Admit(Candidate candidate, Family family)
    {
        var outcome = Outcomes[candidate];
        if (outcome.Admitted == false || outcome.IsBlocked(family)) return false;
        if (_stoppedBy[(int)family] is { } stopper && stopper != candidate.Rule.Id)
        {
            outcome.Block(family, MissReason.Stopped, stopper);
            return false;
        }
        if (outcome.Admitted == true) return true;
        if (!Holds(candidate)) return outcome.Refuse(MissReason.ConditionFailed);
        if (candidate.Rule.Rule.Group is { } group && !AdmitInGroup(candidate, outcome, group)) return false;
        if (!WithinBudget(candidate, outcome)) return outcome.Refuse(MissReason.BudgetExceeded);
        outcome.Admitted = true;
        return true;
    }

    /// <summary>A candidate changed something: it counts for its group and stops what comes after, if it says so.</summary>
    public void Changed(Candidate candidate, Family family)
    {
        if (!Applied.Contains(candidate)) Applied.Add(candidate);
        if (candidate.Rule is { GroupMode: GroupMode.First, Rule.Group: { } group }) _groupTaken.TryAdd(group, candidate.Rule.Id);
        if (candidate.Rule.Rule.StopAfter) _stoppedBy[(int)family] ??= candidate.Rule.Id;
    }

    /// <summary>If an exclusive rule applies, it applies alone in its family: the first in order.</summary>
    public void LetExclusiveAlone(Family family)
    {
        var alone = InOrder.FirstOrDefault(candidate => candidate.Rule.Rule.Exclusive && candidate.Rule.Has(family)
            && Outcomes[candidate].Admitted != false && !Outcomes[candidate].IsBlocked(family)
            && HoldsNow(candidate) && Trial.ValueOf(this, candidate) > 0 && WithinBudget(candidate, Outcomes[candidate]));
        if (alone is null) return;
        foreach (var other in InOrder.Where(other => other != alone && other.Rule.Has(family)))
            Outcomes[other].Block(family, MissReason.ExclusiveApplied, alone.Rule.Id);
    }

    public bool HoldsNow(Candidate candidate) =>
        candidate.Rule.Condition is not { } condition || condition.Test(_facts.At(Cart, candidate.Rule.ConditionBasis));

    public DiscountContext ContextFor(Candidate candidate, decimal? most) => new(
        candidate.Rule.Basis, Reckoning, () => ContendersOf(candidate), StockLeft, most);

    private bool Holds(Candidate candidate)
    {
        if (HoldsNow(candidate)) return true;
        Outcomes[candidate].FailedOn = _facts.At(Cart, candidate.Rule.ConditionBasis);
        return false;
    }

    private void Apply(Candidate candidate, Effect[] effects)
    {
        if (effects.Length == 0 || !Admit(candidate, Family.Discounts)) return;
        var outcome = Outcomes[candidate];
        var outOfStock = false;
        for (var time = 0; time < candidate.Times; time++)
            foreach (var effect in effects)
            {
                var result = Discounts.Apply(Cart!, effect, ContextFor(candidate, outcome.SpendLeft));
                outOfStock |= result.OutOfStock;
                if (!result.ChangedSomething) continue;
                for (var line = 0; line < result.Lines.Length; line++) outcome.Lines[line] += result.Lines[line];
                outcome.Shipping += result.Shipping;
                outcome.SpendLeft -= result.Total;
                outcome.Steps.AddRange(result.Steps);
                outcome.Given.AddRange(result.Given.Select(item => new GivenItem(candidate.Rule.Id, item.Sku, item.Quantity, item.UnitValue)));
                Changed(candidate, Family.Discounts);
            }
        if (!outcome.Applied) outcome.Note(outOfStock ? MissReason.OutOfStock : MissReason.NothingToChange);
    }

    private bool AdmitInGroup(Candidate candidate, Outcome outcome, string group)
    {
        if (candidate.Rule.GroupMode == GroupMode.Best && _groupDecided.Add(group)) ChooseBest(group);
        if (outcome.Admitted == false) return false;
        return !_groupTaken.TryGetValue(group, out var taken) || taken == candidate.Rule.Id || outcome.Refuse(MissReason.OtherOfGroup, taken);
    }

    private void ChooseBest(string group)
    {
        var rivals = InOrder.Where(rival => rival.Rule.Rule.Group == group && Outcomes[rival].Admitted != false).ToList();
        var (best, value) = ((Candidate?)null, 0m);
        foreach (var rival in rivals)
        {
            if (!HoldsNow(rival) || !WithinBudget(rival, Outcomes[rival])) continue;
            var worth = Trial.ValueOf(this, rival);
            if (best is not null && worth <= value) continue;
            (best, value) = (rival, worth);
        }
        if (best is not null) _groupTaken[group] = best.Rule.Id;
    }

    private bool WithinBudget(Candidate candidate, Outcome outcome)
    {
        if (candidate.Rule.Rule.Budget is not { Spend: { } whole } budget || Cart is null) return true;
        var left = Situation.LeftOf(candidate.Rule.Id)?.Spend ?? whole;
        if (budget.When == WhenExceeded.Reduce)
        {
            outcome.SpendLeft = left;
            return left > 0;
        }
        return Trial.DiscountOf(this, candidate, out _) <= left;
    }

    private List<AmountOffScopeTotal> ContendersOf(Candidate candidate) =>
        [.. InOrder.Where(other => other != candidate && Outcomes[other] is { Admitted: not false } outcome && !outcome.IsBlocked(Family.Discounts)
                && other.Rule.In(Phase.Items).OfType<AmountOffScopeTotal>().Any() && !Applied.Contains(other) && HoldsNow(other))
            .SelectMany(other => other.Rule.In(Phase.Items).OfType<AmountOffScopeTotal>())];

    private long? StockLeft(string sku)
    {
        var left = Situation.Resources.Stock.FirstOrDefault(stock => stock.Sku == sku)?.Left;
        return left - Outcomes.Values.SelectMany(outcome => outcome.Given).Where(item => item.Sku == sku).Sum(item => item.Quantity);
    }
}
