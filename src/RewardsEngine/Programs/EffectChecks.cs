using RewardsEngine.Accounting;
using RewardsEngine.Activities;
using RewardsEngine.Conditions;
using RewardsEngine.Rewards;

namespace RewardsEngine.Programs;

/// <summary>Checks what a rule gives: every number within the bounds inside which evaluation cannot fail.</summary>
internal sealed class EffectChecks(Programme programme, string trigger, Action<string, Values.LocalizedText> add)
{
    internal const decimal MaxAmount = 1_000_000_000_000m;
    internal const int MaxUnits = 1_000_000;
    private const decimal MaxFactor = 1000m;
    private const int MaxDays = 36_500;
    private const int MaxSteps = 100;

    public void Check(IReadOnlyList<Effect> effects, string path)
    {
        for (var index = 0; index < effects.Count; index++) Check(effects[index], $"{path}[{index}]");
    }

    private void Check(Effect effect, string path)
    {
        if (effect.IsDiscount && trigger != ActivityTypes.Purchase) add(path, Faults.OnlyFor(ActivityTypes.Purchase));
        switch (effect)
        {
            case ItemEffect item:
                CheckScope(item.Scope, path);
                CheckItem(item, path);
                break;
            case OrderEffect order:
                CheckScope(order.Scope, path);
                CheckOrder(order, path);
                break;
            case PercentOffShipping shipping: Percent(shipping.Percent, path); break;
            case AmountOffShipping shipping: Money(shipping.Amount, $"{path}.amount"); break;
            case EarningEffect earning:
                CheckScope(earning.Scope, path);
                CheckEarning(earning, path);
                break;
            default: CheckOther(effect, path); break;
        }
    }

    private void CheckItem(ItemEffect effect, string path)
    {
        switch (effect)
        {
            case PercentOffLines lines:
                Percent(lines.Percent, path);
                Optional(lines.MaxUnitsPerLine, $"{path}.maxUnitsPerLine");
                if (lines.MaxAmount is { } max) Money(max, $"{path}.maxAmount");
                break;
            case AmountOffEachUnit each:
                Money(each.Amount, $"{path}.amount");
                Optional(each.MaxUnitsPerLine, $"{path}.maxUnitsPerLine");
                break;
            case TieredPercentByQuantity tiered:
                Range(tiered.Base, 0, 100, $"{path}.base");
                Steps(tiered.Steps, 100, path);
                break;
            case PercentOffCheapest cheapest:
                Percent(cheapest.Percent, path);
                Units(cheapest.Units, $"{path}.units");
                break;
            case PercentOffEveryNth nth:
                Percent(nth.Percent, path);
                Units(nth.Of, $"{path}.of");
                Range(nth.Units, 1, Math.Max(1, nth.Of), $"{path}.units");
                break;
            case OffFullGroups groups:
                Units(groups.GroupSize, $"{path}.groupSize");
                if (groups.Percent is null == groups.Amount is null) add(path, Faults.OneOfTwo);
                if (groups.Percent is { } percent) Percent(percent, path);
                if (groups.Amount is { } amount) Money(amount, $"{path}.amount");
                break;
            case FreeUnits free:
                Units(free.Buy, $"{path}.buy");
                Units(free.Get, $"{path}.get");
                Percent(free.Percent, path);
                break;
            case FreeUnitsOfOther other:
                Units(other.MinBuy, $"{path}.minBuy");
                Units(other.Get, $"{path}.get");
                break;
            case FreeItem item:
                if (string.IsNullOrWhiteSpace(item.Sku)) add($"{path}.sku", Faults.Required);
                Units(item.PerBought, $"{path}.perBought");
                Units(item.Give, $"{path}.give");
                Optional(item.MaxGiven, $"{path}.maxGiven");
                Range(item.UnitValue, 0, MaxAmount, $"{path}.unitValue");
                break;
            case BundlePrice bundle:
                if (bundle.Parts.Count == 0) add($"{path}.parts", Faults.Required);
                for (var part = 0; part < bundle.Parts.Count; part++) Units(bundle.Parts[part].Quantity, $"{path}.parts[{part}].quantity");
                Range(bundle.Price, 0, MaxAmount, $"{path}.price");
                Optional(bundle.MaxBundles, $"{path}.maxBundles");
                break;
            case AmountOffScopeTotal total: Money(total.Amount, $"{path}.amount"); break;
        }
    }

    private void CheckOrder(OrderEffect effect, string path)
    {
        switch (effect)
        {
            case PercentOffOrder percent:
                Percent(percent.Percent, path);
                if (percent.MaxAmount is { } max) Money(max, $"{path}.maxAmount");
                break;
            case AmountOffOrder amount: Money(amount.Amount, $"{path}.amount"); break;
            case TieredPercentOffOrder tiered:
                Range(tiered.Base, 0, 100, $"{path}.base");
                Steps(tiered.Steps, 100, path);
                break;
            case TieredAmountOffOrder tiered:
                Range(tiered.Base, 0, MaxAmount, $"{path}.base");
                Steps(tiered.Steps, MaxAmount, path);
                break;
        }
    }

    private void CheckEarning(EarningEffect effect, string path)
    {
        switch (effect)
        {
            case PointsPerAmount per:
                if (trigger is not (ActivityTypes.Purchase or ActivityTypes.Payment)) add(path, Faults.OnlyFor(ActivityTypes.Purchase));
                Over(per.Points, MostPoints, $"{path}.points");
                Money(per.Per, $"{path}.per");
                break;
            case FixedPoints points:
                if (points.PerUnit && trigger != ActivityTypes.Purchase) add($"{path}.perUnit", Faults.OnlyFor(ActivityTypes.Purchase));
                Over(points.Points, MostPoints, $"{path}.points");
                break;
            case PointsMultiplier multiplier:
                if (trigger is not (ActivityTypes.Purchase or ActivityTypes.Payment)) add(path, Faults.OnlyFor(ActivityTypes.Purchase));
                Over(multiplier.Factor, MaxFactor, $"{path}.factor", above: 1);
                break;
            case PointsAsRequested requested:
                if (requested.Max is { } most) Over(most, MostPoints, $"{path}.max");
                break;
        }
    }

    private void CheckOther(Effect effect, string path)
    {
        switch (effect)
        {
            case GiveVoucher give:
                Range(give.Count, 1, 100, $"{path}.count");
                CheckVoucher(give.Voucher, $"{path}.voucher");
                break;
            case SetTier tier:
                if (programme.Tiers.All(known => known.Key != tier.Tier)) add($"{path}.tier", Faults.Unknown(tier.Tier));
                if (tier.Days is { } days) Range(days, 1, MaxDays, $"{path}.days");
                break;
            case GiveBadge badge:
                if (string.IsNullOrWhiteSpace(badge.Badge)) add($"{path}.badge", Faults.Required);
                break;
            case AdvanceChallenge challenge:
                if (string.IsNullOrWhiteSpace(challenge.Challenge)) add($"{path}.challenge", Faults.Required);
                Units(challenge.By, $"{path}.by");
                Units(challenge.Goal, $"{path}.goal");
                break;
            case Notify notify:
                if (string.IsNullOrWhiteSpace(notify.Template)) add($"{path}.template", Faults.Required);
                break;
        }
    }

    private void CheckVoucher(VoucherTemplate voucher, string path)
    {
        if (string.IsNullOrWhiteSpace(voucher.Key)) add($"{path}.key", Faults.Required);
        if (string.IsNullOrWhiteSpace(voucher.Name.Id) || string.IsNullOrWhiteSpace(voucher.Name.En)) add($"{path}.name", Faults.BothLanguages);
        if (voucher.Discounts.Count == 0 && voucher.Reward is null) add(path, Faults.VoucherEmpty);
        if (voucher.Discounts.Any(effect => !effect.IsDiscount)) add($"{path}.discounts", Faults.OnlyDiscounts);
        new EffectChecks(programme, ActivityTypes.Purchase, add).Check(voucher.Discounts, $"{path}.discounts");
        Range(voucher.ValidDays, 1, MaxDays, $"{path}.validDays");
        Range(voucher.StartsAfterDays, 0, MaxDays, $"{path}.startsAfterDays");
        Range(voucher.Uses, 1, MaxUnits, $"{path}.uses");
        if (voucher.Condition is not { } text) return;
        foreach (var found in Condition.Parse(text, CompiledRuleSet.VocabularyFor(programme, ActivityTypes.Purchase)).Diagnostics)
            add($"{path}.condition", new(found.In("id"), found.In("en")));
    }

    private void CheckScope(Scope scope, string path)
    {
        if (scope.MinUnitPrice is { } low) Range(low, 0, MaxAmount, $"{path}.scope.minUnitPrice");
        if (scope.MaxUnitPrice is { } high) Range(high, 0, MaxAmount, $"{path}.scope.maxUnitPrice");
        if (scope.MinUnitPrice > scope.MaxUnitPrice) add($"{path}.scope.maxUnitPrice", Faults.Reversed);
    }

    private void Steps(IReadOnlyList<Step> steps, decimal most, string path)
    {
        Range(steps.Count, 1, MaxSteps, $"{path}.steps");
        for (var index = 0; index < steps.Count; index++)
        {
            Range(steps[index].From, 0, MaxAmount, $"{path}.steps[{index}].from");
            Range(steps[index].Value, 0, most, $"{path}.steps[{index}].value");
            if (index > 0 && steps[index].From <= steps[index - 1].From) add($"{path}.steps[{index}].from", Faults.Ascending);
        }
    }

    private decimal MostPoints => Ledger.MaxPoints / Pow10(programme.Points.Decimals) / 1000;

    private void Percent(decimal percent, string path) => Over(percent, 100, $"{path}.percent");

    private void Money(decimal amount, string path)
    {
        Over(amount, MaxAmount, path);
        if (decimal.Round(amount, 4) != amount) add(path, Faults.Decimals(4));
    }

    private void Units(int units, string path) => Range(units, 1, MaxUnits, path);

    private void Optional(int? units, string path)
    {
        if (units is { } given) Units(given, path);
    }

    private void Range(decimal value, decimal low, decimal high, string path)
    {
        if (value < low || value > high) add(path, Faults.Between(low, high));
    }

    private void Over(decimal value, decimal high, string path, decimal above = 0)
    {
        if (value <= above || value > high) add(path, Faults.MoreThan(above, high));
    }

    internal static long Pow10(int decimals) => decimals switch { 0 => 1, 1 => 10, 2 => 100, 3 => 1000, _ => 10_000 };
}
