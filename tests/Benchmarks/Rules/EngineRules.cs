using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Explaining;
using RewardsEngine.Conditions.Matching;
using RewardsEngine.Values;

namespace Benchmarks.Rules;

/// <summary>The engine on the workload: rules in the condition language, events encoded at intake or at once.</summary>
public sealed class EngineRules
{
    private const int NearestFailed = 20;

    private readonly Vocabulary _vocabulary = new(Currency.Of("USD"), new("purchase", [new("country", FactType.Text, new("negara", "country"))]));
    private readonly PriorityQueue<int, (int, int)> _nearest = new();
    private readonly Symbols _symbols;
    private readonly Field _country;
    private readonly FactsEncoder _encoder;

    public EngineRules(string[] texts)
    {
        _symbols = new(_vocabulary);
        _country = _vocabulary["event.country"];
        Index = Load(texts);
        Matcher = new(Index);
        _encoder = new(_symbols);
    }

    public RuleIndex Index { get; private set; }

    public RuleMatcher Matcher { get; }

    /// <summary>From text to a ready index.</summary>
    public RuleIndex Load(string[] texts) => RuleIndex.Build(Condition.ParseAll(texts, _vocabulary).Select(Checked), _symbols);

    /// <summary>Replaces one rule, from its text, so that the next event is matched by it.</summary>
    public void Swap(int rule, string text)
    {
        Index = Index.With(rule, Parse(text));
        Matcher.Use(Index);
    }

    public EncodedFacts Store(PurchaseEvent purchase)
    {
        Encode(purchase);
        return _encoder.Build();
    }

    public ReadOnlySpan<int> Match(PurchaseEvent purchase)
    {
        Encode(purchase);
        return Matcher.Match(_encoder.Current);
    }

    /// <summary>What a decision stores of the conditions: why each match holds, the nearest that failed with needed and actual, and how many more.</summary>
    public int Explain(PurchaseEvent purchase, List<int> matched, List<Explanation> why)
    {
        var facts = Facts(purchase);
        matched.Clear();
        why.Clear();
        _nearest.Clear();
        var failed = 0;
        for (var rule = 0; rule < Index.Conditions.Count; rule++)
        {
            var distance = Index.Conditions[rule].Distance(facts);
            if (distance == 0)
            {
                matched.Add(rule);
                continue;
            }
            failed++;
            if (_nearest.Count < NearestFailed) _nearest.Enqueue(rule, (-distance, -rule));
            else _nearest.EnqueueDequeue(rule, (-distance, -rule));
        }
        foreach (var rule in matched) why.Add(Index.Conditions[rule].Explain(facts));
        while (_nearest.TryDequeue(out var rule, out _)) why.Add(Index.Conditions[rule].Explain(facts));
        return failed;
    }

    private Condition Parse(string text) => Checked(Condition.Parse(text, _vocabulary));

    private static Condition Checked(ConditionResult result) => result.Condition ?? throw new InvalidOperationException(result.Diagnostics[0].ToString());

    private void Encode(PurchaseEvent purchase)
    {
        _encoder.Clear();
        _encoder.Set(Fields.CustomerTier, purchase.Tier);
        _encoder.Set(Fields.CustomerSegments, purchase.Segment);
        _encoder.Set(Fields.OrderChannel, purchase.Channel);
        _encoder.Set(Fields.OrderStore, purchase.Store);
        _encoder.Set(Fields.OrderTotal, purchase.Total);
        _encoder.Set(Fields.NowWeekday, purchase.Weekday);
        _encoder.Set(Fields.NowHour, purchase.Hour);
        _encoder.Set(_country, purchase.Country);
        foreach (var line in purchase.Lines)
        {
            var at = _encoder.AddLine();
            _encoder.SetLine(at, Fields.LineSku, line.Sku);
            _encoder.SetLine(at, Fields.LineCategory, line.Category);
            _encoder.SetLine(at, Fields.LineBrand, line.Brand);
            _encoder.SetLine(at, Fields.LineQuantity, line.Quantity);
            _encoder.SetLine(at, Fields.LineUnitPrice, line.Price);
            _encoder.SetLine(at, Fields.LineTotal, line.Total);
        }
    }

    private Facts Facts(PurchaseEvent purchase)
    {
        Encode(purchase);
        return _encoder.Current.Decode(_symbols);
    }
}
