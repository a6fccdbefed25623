using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Linting;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Values;

namespace RewardsEngine.Programs.Linting;

/// <summary>What is odd in the condition itself.</summary>
internal static class ConditionFindings
{
    private const decimal FewPieces = 1_000m;

    public static void Add(LintedRule rule, List<LintFinding> findings)
    {
        foreach (var odd in ConditionLint.Of(rule.Own)) findings.Add(Of(rule, odd));
        if (!ConditionLint.IsNeverTrue(rule.Own) && ConditionLint.IsNeverTrue(rule.Whole))
            findings.Add(new(LintKind.NeverApplies, rule.Id, "condition", new(
                "Syarat, penerima, dan jadwalnya tidak pernah terpenuhi bersama.", "Its condition, audience and schedule never hold together."), []));
        Units(rule, rule.Own.Tree, findings);
    }

    private static LintFinding Of(LintedRule rule, Finding odd)
    {
        var kind = odd.Kind switch
        {
            FindingKind.NeverTrue => LintKind.NeverApplies,
            FindingKind.NeverTrueAlternative => LintKind.DeadAlternative,
            FindingKind.AlwaysTrue => LintKind.AlwaysHolds,
            _ => LintKind.Redundant,
        };
        var span = odd.Span;
        // The words of a finding may hold braces; they are told as they are.
        return new(kind, rule.Id, "condition", new("{0}", "{1}"), [odd.In("id"), odd.In("en")], null, span.Start, span.Length);
    }

    /// <summary>Pieces that look like money, money that looks like pieces.</summary>
    private static void Units(LintedRule rule, Expr expr, List<LintFinding> findings)
    {
        switch (expr)
        {
            case GroupExpr group:
                foreach (var item in group.Items) Units(rule, item, findings);
                break;
            case NotExpr not: Units(rule, not.Item, findings); break;
            case LineExpr lines: Units(rule, lines.Where, findings); break;
            case CompareExpr { Left: var left, Right: Literal right } compare when right is NumberLiteral or MoneyLiteral: Unit(rule, left, right, compare, findings); break;
            case CompareExpr { Right: var left, Left: Literal right } compare when right is NumberLiteral or MoneyLiteral: Unit(rule, left, right, compare, findings); break;
        }
    }

    private static void Unit(LintedRule rule, Operand subject, Literal literal, Expr test, List<LintFinding> findings)
    {
        var vocabulary = rule.Own.Vocabulary;
        var value = literal is MoneyLiteral money ? money.Amount : ((NumberLiteral)literal).Value;
        var isCount = subject is AggregateOperand { Kind: Aggregate.Count } or CounterOperand { Key.Measure: Measure.Count or Measure.Quantity };
        var field = subject switch { NameOperand name => vocabulary.Find(name.Name), AggregateOperand aggregate => vocabulary.Find(aggregate.Name.Name), _ => null };
        var isMoney = !isCount && (field?.Type == FactType.Money || subject is CounterOperand { Key.Measure: Measure.Total });
        isCount |= field?.Unit == FactUnit.Pieces;
        if (isCount && value >= FewPieces)
            Tell("“{0}” menghitung banyaknya, tetapi {1} tampak seperti jumlah uang.", "“{0}” counts pieces, but {1} looks like an amount of money.");
        else if (isMoney && value > 0 && value < SmallestMeant(vocabulary.Currency) && test is CompareExpr { Operator: CompareOperator.Greater or CompareOperator.GreaterOrEqual })
            Tell("“{0}” adalah jumlah uang, tetapi {1} tampak seperti banyaknya barang.", "“{0}” is an amount of money, but {1} looks like a number of pieces.");

        void Tell(string id, string en) => findings.Add(new(LintKind.MixedUnits, rule.Id, "condition", new(id, en),
            [test.ToText(), value.ToString(System.Globalization.CultureInfo.InvariantCulture)], null, test.Span.Start, test.Span.Length));
    }

    /// <summary>Below this no price is meant: 100 in currencies without decimals.</summary>
    private static decimal SmallestMeant(Currency currency) => currency.Decimals == 0 ? 100m : 0.1m;
}
