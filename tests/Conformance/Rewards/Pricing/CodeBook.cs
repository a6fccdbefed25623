using RewardsEngine.Programs;

namespace Conformance.Rewards.Pricing;

/// <summary>
/// The codes of a case. A case may write a code as it likes and give it to several rules; the portal wants letters, digits and
/// hyphens, and one rule for each. So a rule may get a code of its own, which stands for the case's where it is presented.
/// </summary>
internal sealed class CodeBook(IReadOnlyList<CaseRule> rules)
{
    /// <summary>A code as a customer presents it, and the portal's codes it stands for.</summary>
    public sealed record Presented(string Code, IReadOnlyList<string> Known);

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The rules with the codes they have in the portal.</summary>
    public IReadOnlyList<CaseRule> Rules => field ??= [.. rules.Select((rule, index) => rule.Code is { } code ? rule with { Rule = WithCode(rule.Rule, code, index) } : rule)];

    public List<Presented> Present(IEnumerable<string> codes) =>
        [.. codes.Select(code => code.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).Select((code, index) => new Presented(code, KnownAs(code, index)))];

    /// <summary>The portal takes such a code.</summary>
    public static bool IsWritten(string code) => code is { Length: >= 1 and <= 40 } && code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private List<string> KnownAs(string code, int index)
    {
        var known = Rules.Where(rule => string.Equals(rule.Code, code, StringComparison.OrdinalIgnoreCase)).Select(rule => rule.Rule.Activation.Code!).ToList();
        if (known.Count == 0) known.Add(IsWritten(code) && !_taken.Contains(code) ? code : $"NOBODYS-{index}");
        return known;
    }

    private Rule WithCode(Rule rule, string code, int index)
    {
        if (!IsWritten(code) || !_taken.Add(code)) code = $"RULE-{index}";
        _taken.Add(code);
        return rule with { Activation = rule.Activation with { Code = code } };
    }
}
