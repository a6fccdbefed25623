namespace RewardsEngine.Tests.Properties;

/// <summary>Conditions as people write them, about everything a purchase knows.</summary>
internal static class RandomConditions
{
    public static string Any(Random random) => random.Next(7) switch
    {
        0 => $"{Test(random)} and {Test(random)}",
        1 => $"{Test(random)} and ({Test(random)} or {Test(random)})",
        2 => $"{Test(random)} or {Test(random)}",
        3 => $"not ({Test(random)})",
        _ => Test(random),
    };

    private static string Test(Random random)
    {
        string Category() => RandomEffects.Categories[random.Next(RandomEffects.Categories.Length)];
        string Sku() => RandomEffects.Skus[random.Next(RandomEffects.Skus.Length)];
        return random.Next(22) switch
        {
            0 or 1 or 2 => $"order.total >= {random.Next(1, 900)}",
            3 => $"order.total < {random.Next(1, 900)}",
            4 => $"order.subtotal > {random.Next(1, 900)}",
            5 => $"order.quantity >= {random.Next(1, 40)}",
            6 => $"any line (category in [\"{Category()}\", \"{Category()}\"])",
            7 => $"any line (sku = \"{Sku()}\" and quantity >= {random.Next(1, 8)})",
            8 => $"no line (category in [\"{Category()}\"])",
            9 => $"all line (unit_price >= {random.Next(1, 30)})",
            10 => $"sum(quantity where sku = \"{Sku()}\") >= {random.Next(1, 12)}",
            11 => $"sum(total where category in [\"{Category()}\"]) >= {random.Next(1, 400)}",
            12 => $"count(sku where total > {random.Next(1, 100)}) >= {random.Next(1, 4)}",
            13 => $"min(total where quantity > 0) < {random.Next(1, 100)}",
            14 => "customer.tier = \"gold\"",
            15 => "customer.tier in [\"silver\", \"gold\"]",
            16 => "customer.city = \"Jakarta\"",
            17 => "customer.consent.email = true",
            18 => $"now.weekday in [\"{(random.Next(2) == 0 ? "monday" : "saturday")}\"]",
            19 => $"purchases.last(30 days).count >= {random.Next(1, 5)}",
            20 => $"order.total between {random.Next(1, 200)} and {random.Next(200, 900)}",
            _ => random.Next(2) == 0 ? "order.payment = \"cash\"" : "order.channel = \"web\"",
        };
    }
}
