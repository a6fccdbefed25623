using RewardsEngine.Conditions.Checking;
using RewardsEngine.Programs;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>One run over the candidates: who is admitted, who excludes and stops whom, and what came of each.</summary>
internal sealed class Run
{
    private static readonly Phase[] DiscountPhases = [Phase.Items, Phase.Order, Phase.Shipping];

    private readonly FactsOf _facts;
    private readonly Outcome?[] _outcomes;
    private readonly List<(int Phase, int Place, int Changes)> _marks = [];
    private Dictionary<string, RuleId>? _groupTaken;
    private HashSet<string>? _groupDecided;
    private Dictionary<(bool, bool, bool, bool, int), (decimal[], decimal, List<int>)>? _wholeBases;
    private (decimal[] ByPlace, decimal Sum, int Changes)? _wholePrices;
    private Spreads? _spreads;
    private readonly RuleId?[] _stoppedBy = new RuleId?[3];

    public Run(Situation situation, FactsOf facts, IReadOnlyList<Candidate> inOrder)
    {
        Situation = situation;
        _facts = facts;
        InOrder = inOrder;
        Cart = situation.Purchase is { } purchase ? facts.NewCart(purchase, situation.Programme.Currency) : null;
        _outcomes = new Outcome?[inOrder.Count];
    }

    public Situation Situation { get; }

    public IReadOnlyList<Candidate> InOrder { get; }

    public Cart? Cart { get; }

    public FactsOf Facts => _facts;

    /// <summary>Candidates in the order in which they first changed something.</summary>
    public List<Candidate> Applied { get; } = [];

    public Spreads Spreads => _spreads ??= new();

    public Reckoning Reckoning => Situation.Programme.Reckoning;

    /// <summary>What has become of a candidate so far.</summary>
    public Outcome this[Candidate candidate] => _outcomes[candidate.Slot] ??= new(Cart?.Count ?? 0);

    public void TakeDiscounts()
    {
        if (Cart is null) return;
        LetExclusiveAlone(Family.Discounts);
        if (Reckoning.Order == EffectOrder.PriorityOnly)
        {
            for (var place = 0; place < InOrder.Count; place++) Apply(InOrder[place], InOrder[place].Rule.DiscountsAsListed, 0, place);
            return;
        }
        foreach (var phase in DiscountPhases)
            for (var place = 0; place < InOrder.Count; place++) Apply(InOrder[place], InOrder[place].Rule.In(phase), (int)phase, place);
    }

    /// <summary>How often the cart had changed when a rule that is no candidate would have been looked at: its condition was out of reach before.</summary>
    public int ChangesBefore(CompiledRule rule)
    {
        if (_marks.Count == 0 || rule.Course == Course.Steady) return 0;
        if (!rule.Has(Family.Discounts)) return _marks[^1].Changes;
        var phase = Reckoning.Order == EffectOrder.PriorityOnly
            ? 0
            : (int)DiscountPhases.First(phase => rule.In(phase).Length > 0);
        var place = PlaceOf(rule);
        var changes = 0;
        foreach (var mark in _marks)
        {
            if (mark.Phase > phase || (mark.Phase == phase && mark.Place >= place)) break;
            changes = mark.Changes;
        }
        return changes;
    }

    private int PlaceOf(CompiledRule rule)
    {
        for (var place = 0; place < InOrder.Count; place++)
            if (InOrder[place].Rule.GroupMode != GroupMode.BestOrder && CompiledRule.CompareByOrder(InOrder[place].Rule, rule) > 0) return place;
        return InOrder.Count;
    }

    /// <summary>The amounts that points are given for. Those of the whole cart are reckoned once for all rules that reckon alike.</summary>
    public (decimal[] ByPlace, decimal Sum, List<int> Lines) EarningBasis(PointsPerAmount effect, Basis? basis)
    {
        if (!effect.Scope.IsEverything()) return Earning.AmountsFor(this, effect, basis);
        var key = (effect.OnRewards, effect.OnShipping, effect.OnTax, basis == Basis.Initial, Cart?.Changes ?? 0);
        _wholeBases ??= [];
        if (!_wholeBases.TryGetValue(key, out var whole)) _wholeBases[key] = whole = Earning.AmountsFor(this, effect, basis);
        return whole;
    }

    /// <summary>The prices of the lines that earn, by which points for the whole cart are spread; the place beside the lines when nothing is to pay. Reckoned once while nothing changes.</summary>
    public (decimal[] ByPlace, decimal Sum) WholePrices()
    {
        if (_wholePrices is { } known && known.Changes == Cart!.Changes) return (known.ByPlace, known.Sum);
        var prices = new decimal[Earning.Places(this)];
        for (var line = 0; line < Cart!.Count; line++)
            if (Earning.Earns(Cart.Line(line), false)) prices[line] = Earning.BasisOf(this, line, null);
        var sum = prices.Sum();
        if (sum == 0) sum = prices[^1] = 1m;
        _wholePrices = (prices, sum, Cart.Changes);
        return (prices, sum);
    }

    /// <summary>Whether a candidate may act in a family now. Condition, group and budget are looked at once, when it first comes up.</summary>
    public bool Admit(Candidate candidate, Family family)
    {
        var outcome = this[candidate];
        if (outcome.Admitted == false || outcome.IsBlocked(family)) return false;
        if (_stoppedBy[(int)family] is { } stopper && stopper != candidate.Rule.Id)
        {
            outcome.Block(family, MissReason.Stopped, stopper);
            return false;
        }
        if (outcome.Admitted == true) return true;
        if (!Holds(candidate)) return outcome.Refuse(MissReason.ConditionFailed);
        if (candidate.Rule.Rule.Group is { } group && !AdmitInGroup(candidate, outcome, group, family)) return false;
        if (!WithinBudget(candidate, outcome)) return outcome.Refuse(MissReason.BudgetExceeded);
        outcome.Admitted = true;
        return true;
    }

    /// <summary>A candidate changed something: it counts for its group and stops what comes after, if it says so.</summary>
    public void Changed(Candidate candidate, Family family)
    {
        if (!this[candidate].IsListed) Applied.Add(candidate);
        this[candidate].IsListed = true;
        if (candidate.Rule is { GroupMode: GroupMode.First, Rule.Group: { } group }) (_groupTaken ??= new(StringComparer.Ordinal)).TryAdd(group, candidate.Rule.Id);
        if (candidate.Rule.Rule.StopAfter) _stoppedBy[(int)family] ??= candidate.Rule.Id;
    }

    /// <summary>If an exclusive rule applies, it applies alone in its family: the first in order.</summary>
    public void LetExclusiveAlone(Family family)
    {
        for (var place = 0; place < InOrder.Count; place++)
        {
            var alone = InOrder[place];
            if (!alone.Rule.Rule.Exclusive || !MayBeAlone(alone, family)) continue;
            foreach (var other in InOrder)
                if (other != alone && other.Rule.Has(family)) this[other].Block(family, MissReason.ExclusiveApplied, alone.Rule.Id);
            return;
        }
    }

    private bool MayBeAlone(Candidate candidate, Family family) => candidate.Rule.Has(family)
        && this[candidate].Admitted != false && !this[candidate].IsBlocked(family)
        && HoldsNow(candidate) && Trial.ValueOf(this, candidate) > 0 && WithinBudget(candidate, this[candidate]);

    public bool HoldsNow(Candidate candidate) =>
        candidate.Rule.Course == Course.Steady || Cart is null || Cart.Changes == 0
            ? candidate.HoldsAtFirst
            : candidate.Rule.Condition is not { } condition || condition.Test(_facts.At(Cart, candidate.Rule.ConditionBasis));

    public DiscountContext ContextFor(Candidate candidate, decimal? most) => new(this, candidate, most);

    private bool Holds(Candidate candidate)
    {
        if (HoldsNow(candidate)) return true;
        this[candidate].FailedOn = _facts.At(Cart, candidate.Rule.ConditionBasis);
        return false;
    }

    private void Apply(Candidate candidate, Effect[] effects, int phase, int place)
    {
        if (effects.Length == 0 || !Admit(candidate, Family.Discounts)) return;
        var outcome = this[candidate];
        var outOfStock = false;
        for (var time = 0; time < candidate.Times; time++)
            foreach (var effect in effects)
            {
                var result = Discounts.Apply(Cart!, effect, ContextFor(candidate, outcome.SpendLeft));
                outOfStock |= result.OutOfStock;
                if (!result.ChangedSomething) continue;
                outcome.Take(result.Lines);
                outcome.Shipping += result.Shipping;
                outcome.SpendLeft -= result.Total;
                outcome.Steps.AddRange(result.Steps);
                if (result.HasGiven)
                    foreach (var item in result.Given) outcome.Given.Add(new(candidate.Rule.Id, item.Sku, item.Quantity, item.UnitValue));
                Changed(candidate, Family.Discounts);
            }
        if (!outcome.Applied) outcome.Note(outOfStock ? MissReason.OutOfStock : MissReason.NothingToChange);
        else if (_marks.Count == 0 || _marks[^1].Changes < Cart!.Changes) _marks.Add((phase, place, Cart!.Changes));
    }

    private bool AdmitInGroup(Candidate candidate, Outcome outcome, string group, Family family)
    {
        if (candidate.Rule.GroupMode == GroupMode.Best && (_groupDecided ??= new(StringComparer.Ordinal)).Add(group)) ChooseBest(group, family);
        if (outcome.Admitted == false) return false;
        return _groupTaken is null || !_groupTaken.TryGetValue(group, out var taken) || taken == candidate.Rule.Id || outcome.Refuse(MissReason.OtherOfGroup, taken);
    }

    private void ChooseBest(string group, Family family)
    {
        var rivals = InOrder.Where(rival => rival.Rule.Rule.Group == group && this[rival].Admitted != false).ToList();
        var (best, value) = ((Candidate?)null, 0m);
        foreach (var rival in rivals)
        {
            if (this[rival].IsBlocked(family) || !HoldsNow(rival)) continue;
            if (!WithinBudget(rival, this[rival]))
            {
                this[rival].Refuse(MissReason.BudgetExceeded);
                continue;
            }
            var worth = Trial.ValueOf(this, rival);
            if (best is not null && worth <= value) continue;
            (best, value) = (rival, worth);
        }
        if (best is not null) (_groupTaken ??= new(StringComparer.Ordinal))[group] = best.Rule.Id;
    }

    private bool WithinBudget(Candidate candidate, Outcome outcome)
    {
        if (candidate.Rule.Rule.Budget is not { Spend: { } whole } budget || Cart is null) return true;
        var left = Situation.LeftOf(candidate.Rule.Id)?.Spend ?? whole;
        if (budget.When == WhenExceeded.Reduce)
        {
            outcome.SpendLeft = Situation.Programme.Currency.Floor(left);
            return outcome.SpendLeft > 0;
        }
        return Trial.DiscountOf(this, candidate, out _) <= left;
    }

    public List<AmountOffScopeTotal> ContendersOf(Candidate candidate) =>
        [.. InOrder.Where(other => other != candidate && this[other] is { Admitted: not false } outcome && !outcome.IsBlocked(Family.Discounts)
                && other.Rule.In(Phase.Items).OfType<AmountOffScopeTotal>().Any() && !outcome.IsListed && HoldsNow(other))
            .SelectMany(other => other.Rule.In(Phase.Items).OfType<AmountOffScopeTotal>())];

    public long? StockLeft(string sku)
    {
        var left = Situation.Resources.Stock.FirstOrDefault(stock => stock.Sku == sku)?.Left;
        return left - Applied.SelectMany(candidate => this[candidate].Given).Where(item => item.Sku == sku).Sum(item => item.Quantity);
    }
}
