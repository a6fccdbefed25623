using System.Text.Json;
using RewardsEngine.Rewards;

namespace Conformance.Rewards.Pricing;

/// <summary>Reads the effects of a rule.</summary>
internal static class EffectWords
{
    /// <summary>The effects that give something: nothing off cannot be published, and a rule that changes nothing is not applied.</summary>
    public static List<Effect> Read(IReadOnlyList<Words> effects)
    {
        var read = new List<Effect>();
        foreach (var words in effects)
        {
            var effect = Of(words, words.Text("type"));
            words.Finish();
            if (words.NumberOrNone("percent") is not 0 && words.NumberOrNone("amount") is not 0) read.Add(effect);
        }
        return read;
    }

    private static Effect Of(Words words, string type) => type switch
    {
        "percent_off_order" => new PercentOffOrder { Percent = words.Number("percent"), Scope = ScopeWords.Read(words), MaxAmount = words.NumberOrNone("max_amount") },
        "tiered_percent_off_order" => new TieredPercentOffOrder { Base = words.Number("base"), Steps = StepsOf(words) },
        "amount_off_order" => new AmountOffOrder { Amount = words.Number("amount"), Scope = ScopeWords.Read(words) },
        "tiered_amount_off_order" => new TieredAmountOffOrder { Base = words.Number("base"), Steps = StepsOf(words) },
        "amount_off_scope_total" => new AmountOffScopeTotal { Amount = words.Number("amount"), Scope = ScopeWords.Read(words) },
        "percent_off_lines" => new PercentOffLines
        {
            Percent = words.Number("percent"),
            Scope = ScopeWords.Read(words),
            MaxUnitsPerLine = words.WholeOrNone("max_units_per_line"),
            MaxAmount = words.NumberOrNone("max_amount"),
        },
        "tiered_percent_by_quantity" => new TieredPercentByQuantity { Base = words.Number("base"), Steps = StepsOf(words), Scope = ScopeWords.Read(words) },
        "amount_off_each_unit" => new AmountOffEachUnit { Amount = words.Number("amount"), Scope = ScopeWords.Read(words), MaxUnitsPerLine = words.WholeOrNone("max_units_per_line") },
        "percent_off_cheapest_unit" => new PercentOffCheapest { Percent = words.Number("percent"), Units = words.WholeOr("units", 1), Scope = ScopeWords.Read(words) },
        "percent_off_every_n_of_m" => new PercentOffEveryNth { Percent = words.Number("percent"), Units = words.Whole("n"), Of = words.Whole("m"), Scope = ScopeWords.Read(words) },
        "amount_off_units_in_full_groups" => new OffFullGroups { GroupSize = words.Whole("group_size"), Amount = words.Number("amount"), Scope = ScopeWords.Read(words) },
        "percent_off_units_in_full_groups" => new OffFullGroups { GroupSize = words.Whole("group_size"), Percent = words.Number("percent"), Scope = ScopeWords.Read(words) },
        "add_free_item" => new FreeItem
        {
            Sku = words.Text("sku"),
            PerBought = words.Whole("per_bought"),
            Give = words.Whole("give"),
            Scope = ScopeWords.Read(words),
            UnitValue = words.NumberOr("unit_value", 0),
        },
        "free_units_in_cart" => new FreeUnits
        {
            Buy = words.Whole("buy"),
            Get = words.Whole("get"),
            Once = words.FlagOr("once", false),
            Scope = ScopeWords.Read(words, "scope_buy"),
            GetScope = ScopeWords.Read(words, "scope_get"),
        },
        "free_units_of_other" => new FreeUnitsOfOther
        {
            MinBuy = words.Whole("min_buy"),
            Get = words.Whole("get"),
            Scope = ScopeWords.Read(words, "scope_buy"),
            GetScope = ScopeWords.Read(words, "scope_get"),
            Pick = words.OneOf("pick", Pick.CheapestFirst, ("cheapest_first", Pick.CheapestFirst), ("most_expensive_first", Pick.MostExpensiveFirst)),
        },
        "percent_off_shipping" => new PercentOffShipping { Percent = words.Number("percent") },
        _ => throw new UnknownWordException($"{words.Where}: unknown effect \"{type}\""),
    };

    private static List<RewardsEngine.Rewards.Step> StepsOf(Words words)
    {
        var steps = new List<RewardsEngine.Rewards.Step>();
        foreach (var pair in words.List("tiers"))
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2) throw new UnknownWordException($"{words.Where}.tiers: {pair} is no pair of threshold and value");
            steps.Add(new(Words.Decimal(pair[0], "tiers"), Words.Decimal(pair[1], "tiers")));
        }
        return [.. steps.OrderBy(step => step.From)];
    }
}
