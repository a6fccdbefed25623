using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Wording;
using RewardsEngine.Decisions.Wording;
using RewardsEngine.Programs;
using RewardsEngine.Values;

namespace RewardsEngine.Decisions;

/// <summary>A rule that applied, in words.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Result">What it gave: <c>7 poin</c>, <c>Rp5.000</c>; empty when the steps say it.</param>
/// <param name="Steps">The arithmetic, one sentence each.</param>
/// <param name="Rule">The rule's key and version; only for staff.</param>
public sealed record ExplainedRule(string Name, string Result, IReadOnlyList<string> Steps, string? Rule);

/// <summary>A rule that did not apply, in words.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why not, in one sentence.</param>
/// <param name="Needs">Each part that failed: what is needed and what there was.</param>
/// <param name="Hint">What would make it apply; null when not one thing suffices.</param>
/// <param name="Rule">The rule's key and version; only for staff.</param>
public sealed record ExplainedMiss(string Name, string Reason, IReadOnlyList<string> Needs, string? Hint, string? Rule);

/// <summary>An explanation in words.</summary>
/// <param name="Applied">What applied, in order.</param>
/// <param name="Missed">What nearly did.</param>
/// <param name="Others">How many others did not, by reason; only for staff.</param>
public sealed record ExplainedDecision(IReadOnlyList<ExplainedRule> Applied, IReadOnlyList<ExplainedMiss> Missed, IReadOnlyList<string> Others);

/// <summary>Writes explanations for people: for customers without internal names and other customers' terms, for staff everything.</summary>
public sealed class ExplanationText
{
    private readonly Programme _programme;
    private readonly string _language;
    private readonly Func<Field, string, string?>? _names;
    private readonly StepText _steps;
    private readonly FactText _facts;

    /// <summary>Writes for one language.</summary>
    /// <param name="programme">The programme: its currency and what its points are called.</param>
    /// <param name="language"><c>id</c> or <c>en</c>.</param>
    /// <param name="lineNames">What the customer knows a purchase line by, its id given; the id itself when absent or null.</param>
    /// <param name="names">Display names for codes in conditions (tiers, categories, stores …).</param>
    public ExplanationText(Programme programme, string language, Func<string, string?>? lineNames = null, Func<Field, string, string?>? names = null)
    {
        _programme = programme;
        _language = language;
        _names = names;
        _facts = new(language, programme.Currency);
        _steps = new(programme, language, lineNames);
    }

    /// <summary>The explanation as its customer reads it.</summary>
    public ExplainedDecision ForCustomer(Explanation explanation, string activity) => new(
        [.. explanation.Applied.Select(rule => Of(rule, staff: false))],
        [.. explanation.Missed.Where(rule => rule.ForCustomer).Select(rule => Of(rule, activity, staff: false))],
        []);

    /// <summary>The explanation as staff read it.</summary>
    public ExplainedDecision ForStaff(Explanation explanation, string activity) => new(
        [.. explanation.Applied.Select(rule => Of(rule, staff: true))],
        [.. explanation.Missed.Select(rule => Of(rule, activity, staff: true))],
        [.. explanation.Others.Select(other => $"{_facts.Number(other.Count)} × {Reason(other.Reason)}")]);

    /// <summary>An amount of points with its unit: <c>1.250 poin</c>.</summary>
    public string Points(long smallestUnits) => _steps.Points((decimal)smallestUnits / EffectChecks.Pow10(_programme.Points.Decimals));

    /// <summary>An amount of money: <c>Rp250.000</c>.</summary>
    public string Money(decimal amount) => _facts.Money(amount);

    /// <summary>Why a rule or a code did not count, in one sentence.</summary>
    public string Reason(MissReason reason) => ReasonText.Of(reason).In(_language);

    private ExplainedRule Of(AppliedRule rule, bool staff)
    {
        List<string> gave = [];
        if (rule.Discount > 0) gave.Add(Pick("potongan ", "") + Money(rule.Discount) + Pick("", " off"));
        if (rule.Points > 0) gave.Add(Points(rule.Points));
        return new(rule.Name.In(_language), string.Join(", ", gave), [.. rule.Steps.Select(step => _steps.Of(step, staff)).OfType<string>()], staff ? $"{rule.Rule} v{rule.Version}" : null);
    }

    private ExplainedMiss Of(MissedRule rule, string activity, bool staff)
    {
        var reason = Reason(rule.Reason);
        if (staff && rule.Because is { } because) reason += $" ({because})";
        return new(rule.Name.In(_language), reason, [.. rule.Failed.Select(part => Of(part, activity))],
            rule.Hint is { } hint ? new HintText(this, _programme, activity, _language, _names).Of(hint) : null, staff ? $"{rule.Rule} v{rule.Version}" : null);
    }

    private string Of(FailedPart part, string activity)
    {
        var result = Condition.Parse(part.Negated ? $"not ({part.Text})" : part.Text, CompiledRuleSet.VocabularyFor(_programme, activity));
        var needs = result.Ok ? result.Condition.Describe(_language, _names) : part.Text;
        if (part.Operator == "lines") return needs;
        return part.Actual is { } actual
            ? $"{needs} ({Pick("saat itu", "was")} {Value(actual, result.Condition, part)})"
            : $"{needs} ({Pick("belum ada data", "not given")})";
    }

    private string Value(ExplainedValue value, Condition? condition, FailedPart part) => value.Kind switch
    {
        ExplainedKind.Money => Money(value.Number ?? 0m),
        ExplainedKind.Points => _steps.Points(value.Number ?? 0m),
        ExplainedKind.Date when value.Date is { } date => _facts.Date(date),
        ExplainedKind.Flag => value.Number > 0 ? Pick("ya", "yes") : Pick("tidak", "no"),
        ExplainedKind.Days => $"{_facts.Number(value.Number ?? 0m)} {Pick("hari", "days")}",
        ExplainedKind.Text when part.Subject == Fields.NowWeekday.Name && value.Text is { } day => _facts.Weekday(day),
        ExplainedKind.Text when condition is not null && part.Subject is { } name && condition.Vocabulary.Find(name) is { } field =>
            string.Join(", ", (value.Text ?? "").Split(", ").Select(text => _names?.Invoke(field, text) ?? text)),
        ExplainedKind.Text => value.Text ?? "",
        _ => _facts.Number(value.Number ?? 0m),
    };

    private string Pick(string id, string en) => new LocalizedText(id, en).In(_language);
}
