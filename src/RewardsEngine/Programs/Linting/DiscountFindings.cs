using System.Globalization;
using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Linting;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Rewards;

namespace RewardsEngine.Programs.Linting;

/// <summary>Discounts and vouchers that take off more than is meant, or that nobody can use.</summary>
internal static class DiscountFindings
{
    private const decimal HighPercent = 50m;

    public static void Add(LintedRule rule, Effect effect, string path, Programme programme, List<LintFinding> findings)
    {
        if (!rule.IsBounded) High(rule, effect, path, findings);
        Free(rule, effect, path, programme, findings);
        if (effect is GiveVoucher give) Voucher(rule, give, path, programme, findings);
    }

    /// <summary>A high share of any amount.</summary>
    private static void High(LintedRule rule, Effect effect, string path, List<LintFinding> findings)
    {
        if (Share(effect) is { } share && share > HighPercent)
            findings.Add(new(LintKind.UnboundedCost, rule.Id, path, new(
                "Potongan {0}% tanpa jumlah maksimum, batas pemakaian, atau anggaran.", "{0}% off without a maximum amount, limit or budget."), [Number(share)]));
        else if (effect is PercentOffCheapest { Percent: > HighPercent } cheapest && cheapest.Scope.IsEverything() && rule.AsksNothing)
            findings.Add(new(LintKind.UnboundedCost, rule.Id, path, new(
                "Belanja satu barang saja sudah mendapat potongan {0}%: tidak ada syarat jumlah barang.", "A purchase of a single unit gets {0}% off: no number of units is asked for."), [Number(cheapest.Percent)]));
    }

    private static decimal? Share(Effect effect) => effect switch
    {
        PercentOffOrder { MaxAmount: null } order => order.Percent,
        PercentOffLines { MaxAmount: null, MaxUnitsPerLine: null } lines => lines.Percent,
        TieredPercentOffOrder tiered => Math.Max(tiered.Base, tiered.Steps.Max(step => step.Value)),
        TieredPercentByQuantity tiered => Math.Max(tiered.Base, tiered.Steps.Max(step => step.Value)),
        PercentOffEveryNth nth => nth.Percent * nth.Units / nth.Of,
        OffFullGroups { Percent: { } percent } => percent,
        _ => null,
    };

    /// <summary>Purchases that need not be paid.</summary>
    private static void Free(LintedRule rule, Effect effect, string path, Programme programme, List<LintFinding> findings)
    {
        void Tell(string id, string en, params decimal[] amounts) => findings.Add(new(LintKind.GivesTooMuch, rule.Id, path, new(id, en), [.. amounts.Select(amount => Money(amount, programme))]));
        var isForAll = !rule.IsBounded && rule.Rule.Activation.Kind == ActivationKind.Automatic;
        switch (effect)
        {
            case BundlePrice { Price: 0 }: Tell("Paket itu tidak berharga apa pun: semuanya gratis.", "The bundle costs nothing: all of it is free."); break;
            case AmountOffEachUnit each when isForAll && rule.AsksNothing && IsWhatever(each.Scope, each.Amount):
                Tell("Barang berharga di bawah {0} menjadi gratis.", "Units that cost less than {0} become free.", each.Amount);
                break;
            case TieredAmountOffOrder tiered when tiered.Steps.FirstOrDefault(step => step.Value >= step.From) is { } step:
                Tell("Mulai {0}, potongannya {1}: belanja itu menjadi gratis.", "From {0} on {1} are taken off: such a purchase becomes free.", step.From, step.Value);
                break;
        }
        var off = effect switch
        {
            AmountOffOrder order when order.Scope.IsEverything() => order.Amount,
            AmountOffScopeTotal total when total.Scope.IsEverything() => total.Amount,
            TieredAmountOffOrder tiered when tiered.Scope.IsEverything() => tiered.Base,
            _ => 0m,
        };
        if (off == 0 || !isForAll) return;
        if (rule.AsksNothing) Tell("Pembelian di bawah {0} menjadi gratis: tidak ada belanja minimal.", "Purchases below {0} become free: there is no least amount.", off);
        else if (LeastAsked(rule.Own.Tree) is { } least && least <= off)
            Tell("Belanja {1} sudah cukup, padahal potongannya {0}: belanja itu menjadi gratis.", "A purchase of {1} is enough, and {0} are taken off: it becomes free.", off, least);
    }

    private static bool IsWhatever(Scope scope, decimal amount) => scope.Skus.Count + scope.Categories.Count + scope.Brands.Count + scope.Tags.Count == 0 && !(scope.MinUnitPrice >= amount);

    private static void Voucher(LintedRule rule, GiveVoucher give, string path, Programme programme, List<LintFinding> findings)
    {
        for (var index = 0; index < give.Voucher.Discounts.Count && !rule.IsBounded; index++) High(rule, give.Voucher.Discounts[index], $"{path}.voucher.discounts[{index}]", findings);
        var worth = give.Count * give.Voucher.Uses * give.Voucher.Discounts.Sum(effect => effect switch { AmountOffOrder order => order.Amount, AmountOffScopeTotal total => total.Amount, _ => 0m });
        if (LeastAsked(rule.Own.Tree) is { } least && worth >= least)
            findings.Add(new(LintKind.GivesTooMuch, rule.Id, path, new(
                "Belanja {1} sudah memberi voucher senilai {0}: lebih dari yang dibayar.", "A purchase of {1} brings vouchers worth {0}: more than is paid."), [Money(worth, programme), Money(least, programme)]));
        if (give.Voucher.Condition is { } text && Condition.Parse(text, CompiledRuleSet.VocabularyFor(programme, ActivityTypes.Purchase)).Condition is { } condition && ConditionLint.IsNeverTrue(condition))
            findings.Add(new(LintKind.GivesNothing, rule.Id, $"{path}.voucher.condition", new("Syarat voucher itu tidak pernah terpenuhi: tidak seorang pun dapat memakainya.", "The voucher's condition never holds: nobody can use it."), []));
    }

    /// <summary>The least that a purchase must be worth, if the condition names it.</summary>
    private static decimal? LeastAsked(Expr tree)
    {
        var parts = tree is AndExpr and ? and.Items : [tree];
        var asked = parts.Select(part => part switch
        {
            CompareExpr { Left: NameOperand { Name: "order.total" or "order.subtotal" }, Operator: CompareOperator.GreaterOrEqual or CompareOperator.Greater, Right: var right } => Amount(right),
            BetweenExpr { Value: NameOperand { Name: "order.total" or "order.subtotal" }, Low: var low } => Amount(low),
            _ => null,
        }).Where(amount => amount > 0).ToList();
        return asked.Count == 0 ? null : asked.Max();
    }

    private static decimal? Amount(Operand operand) => operand switch { NumberLiteral number => number.Value, MoneyLiteral money => money.Amount, _ => null };

    private static string Number(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Money(decimal amount, Programme programme) => $"{Number(amount)} {programme.Currency.Code}";
}
