namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Stored value as payment: after all discounts, in the order offered; what the purchase tops up is credited only afterwards.</summary>
internal static class Tenders
{
    public static IReadOnlyList<TenderTaken> Take(Cart cart)
    {
        var payable = cart.Total;
        List<TenderTaken> taken = [];
        foreach (var tender in cart.Purchase.Tendered)
        {
            var amount = Math.Max(0m, Math.Min(cart.Currency.Floor(tender.Balance), payable));
            payable -= amount;
            taken.Add(new(tender.Account, amount, tender.Balance - amount));
        }
        for (var line = 0; line < cart.Count; line++)
        {
            if (cart.Line(line).TopUp is not { } topUp) continue;
            var index = taken.FindIndex(tender => tender.Account == topUp.Account);
            if (index >= 0) taken[index] = taken[index] with { Left = taken[index].Left + topUp.Amount };
            else taken.Add(new(topUp.Account, 0m, topUp.Amount));
        }
        return taken;
    }
}
