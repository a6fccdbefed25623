using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Members;
using RewardsEngine.Programs;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>The changes that may turn one failed test. Whether they make the rule apply is for a decision to say.</summary>
internal sealed class HintChanges(Situation situation, Purchase purchase)
{
    /// <summary>"Buy ten times as much" helps nobody.</summary>
    private const decimal MostTimes = 2.5m;
    private const int MostUnits = 1_000;
    private const int MostEvents = 10;

    private readonly HintTimes _times = new(situation, purchase);
    private readonly HintLines _lines = new(situation, purchase);

    public static bool IsFar(decimal needed, decimal actual) => needed > actual * MostTimes;

    public static bool AsksForMoney(Expr test, FailedPart part) =>
        test is CompareExpr { Left: NameOperand, Right: Literal } && part.Operator is ">=" or ">" && (part.Subject == Fields.OrderTotal.Name || part.Subject == Fields.OrderSubtotal.Name);

    public Purchase WithLine(PurchaseLine line) => purchase with { Lines = [.. purchase.Lines, line] };

    public PurchaseLine Another(decimal price) => _lines.Another(price);

    public IEnumerable<HintChange> IntoSchedule(Rule rule) => _times.IntoSchedule(rule);

    public IEnumerable<HintChange> For(Expr test, FailedPart part, Vocabulary vocabulary) => test switch
    {
        CompareExpr { Left: AggregateOperand sum, Right: Literal, Operator: CompareOperator.Greater or CompareOperator.GreaterOrEqual } => _lines.More(sum, part, vocabulary),
        LineExpr { Quantifier: LineQuantifier.Any } lines => _lines.Missing(lines),
        CompareExpr { Left: CounterOperand counter, Right: Literal, Operator: CompareOperator.Greater or CompareOperator.GreaterOrEqual } => Events(counter.Key, part),
        CompareExpr { Left: NameOperand name, Right: Literal value } compare => Named(name.Name, compare.Operator, value, part),
        InExpr { Value: NameOperand name } list => Texts(name.Name, [.. list.List.OfType<TextLiteral>().Select(text => text.Value)], part),
        _ => _times.For(test, part),
    };

    private IEnumerable<HintChange> Named(string name, CompareOperator op, Literal value, FailedPart part)
    {
        if (name is "now.date" or "now.hour") return _times.For(new CompareExpr(new NameOperand(name), op, value), part);
        if (value is TextLiteral text && op == CompareOperator.Equal) return Texts(name, [text.Value], part);
        if (value is FlagLiteral { Value: true } && op == CompareOperator.Equal) return Flags(name);
        if (op is not (CompareOperator.Greater or CompareOperator.GreaterOrEqual) || part is not { Needed: [{ Number: { } needed } target], Actual.Number: { } actual }) return [];
        var units = Units(needed, actual, op == CompareOperator.Greater);
        if (name == Fields.OrderQuantity.Name && !IsFar(needed, actual) && units <= MostUnits) return [_lines.AnyUnits(name, target, (int)units)];
        if (name == Fields.PointsAvailable.Name && !situation.IsGuest && !IsFar(needed, actual))
            return [Member(name, target, new(ExplainedKind.Points, Number: units), member => member with { Points = member.Points with { Available = member.Points.Available + (long)Math.Ceiling(situation.ToSmallest(units)) } })];
        return [];
    }

    private IEnumerable<HintChange> Texts(string name, IReadOnlyList<string> texts, FailedPart part)
    {
        if (name == Fields.NowWeekday.Name) return _times.Weekday(texts);
        if (name == Fields.CustomerTier.Name) return Tiers(texts);
        if (texts.Count == 0) return [];
        var (text, target) = (texts[0], new ExplainedValue(ExplainedKind.Text, Text: texts[0]));
        var isMissing = part.Actual is null && !situation.IsGuest;
        return name switch
        {
            "order.payment" => [Order(name, target, purchase with { PaymentMethod = text })],
            "order.shipping" => [Order(name, target, purchase with { ShippingMethod = text })],
            "order.channel" => [Order(name, target, purchase with { Channel = text })],
            "order.store" => [Order(name, target, purchase with { Store = text })],
            "customer.city" when isMissing => [Member(name, target, null, member => member with { City = text })],
            "customer.language" when isMissing => [Member(name, target, null, member => member with { Language = text })],
            "customer.interests" when !situation.IsGuest => [Member(name, target, null, member => member with { Interests = [.. member.Interests, text] })],
            _ => [],
        };
    }

    private IEnumerable<HintChange> Flags(string name)
    {
        if (situation.IsGuest) return [];
        var yes = new ExplainedValue(ExplainedKind.Flag, Number: 1);
        const string Consent = "customer.consent.";
        if (name.StartsWith(Consent, StringComparison.Ordinal)) return [Member(name, yes, null, member => member with { Consents = [.. member.Consents, name[Consent.Length..]] })];
        return name == Fields.CustomerCompany.Name ? [Member(name, yes, null, member => member with { Company = "…" })] : [];
    }

    /// <summary>Only tiers above the present one: nobody is sent down.</summary>
    private IEnumerable<HintChange> Tiers(IReadOnlyList<string> wanted)
    {
        if (situation.IsGuest) yield break;
        var tiers = situation.Programme.Tiers;
        var present = -1;
        for (var rank = 0; rank < tiers.Count; rank++)
            if (tiers[rank].Key == situation.Member.Tier) present = rank;
        for (var rank = present + 1; rank < tiers.Count; rank++)
        {
            var key = tiers[rank].Key;
            if (!wanted.Contains(key)) continue;
            yield return Member(Fields.CustomerTier.Name, new(ExplainedKind.Text, Text: key), null, member => member with { Tier = key });
            yield break;
        }
    }

    /// <summary>Purchases like this one, or visits, before the next.</summary>
    private IEnumerable<HintChange> Events(CounterKey key, FailedPart part)
    {
        if (situation.IsGuest || key.Counter is not (Counter.Purchases or Counter.Visits) || part is not { Needed: [{ Number: { } needed } target], Actual.Number: { } actual }) yield break;
        var missing = Units(needed, actual, part.Operator == ">");
        var events = key.Measure == Measure.Count ? (int)Math.Min(missing, MostEvents + 1) : 1;
        if (events > MostEvents || (key.Measure != Measure.Count && IsFar(needed, actual)) || missing > Intake.MaxAmount) yield break;
        var more = new HistoryEntry(purchase.OccurredAt, key.Measure == Measure.Total ? missing : purchase.Lines.Sum(line => line.UnitPrice * line.Quantity),
            key.Measure == Measure.Quantity ? (long)missing : purchase.Lines.Sum(line => (long)line.Quantity));
        History With(History history) => new(history.Count + events, history.Total + events * more.Total, history.Quantity + events * more.Quantity,
            history.First ?? more.At, more.At, [.. history.Recent, .. Enumerable.Repeat(more, events)]);
        yield return Member(key.ToString(), target, new(key.Measure == Measure.Total ? ExplainedKind.Money : ExplainedKind.Number, Number: missing),
            member => key.Counter == Counter.Purchases ? member with { Purchases = With(member.Purchases) } : member with { Visits = With(member.Visits) });
    }

    private HintChange Order(string name, ExplainedValue needed, Purchase changed) => new(name, needed, null, null, [(situation.Member, changed)]);

    private HintChange Member(string name, ExplainedValue needed, ExplainedValue? missing, Func<MemberSnapshot, MemberSnapshot> change) =>
        new(name, needed, missing, null, [(change(situation.Member), purchase)]);

    internal static decimal Units(decimal needed, decimal actual, bool isOpen) =>
        Math.Ceiling(needed - actual) + (isOpen && needed - actual == Math.Ceiling(needed - actual) ? 1 : 0);
}
