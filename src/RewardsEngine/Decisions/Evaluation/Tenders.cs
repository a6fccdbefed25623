namespace RewardsEngine.Decisions.Evaluation;

/// <summary>Stored value as payment: after all discounts, in the order offered; what the purchase tops up is credited only afterwards.</summary>
internal static class Tenders
{
    public static IReadOnlyList<TenderTaken> Take(Cart cart)
    {
        var payable = cart.Total;
        var taken = new List<TenderTaken>();
        foreach (var tender in cart.Purchase.Tendered)
        {
            var amount = Math.Max(0m, Math.Min(cart.Currency.Floor(tender.Balance), payable));
            payable -= amount;
            taken.Add(new(tender.Account, amount, tender.Balance - amount));
        }
        foreach (var topUp in cart.Purchase.Lines.Select(line => line.TopUp).OfType<Activities.TopUp>())
        {
            var index = taken.FindIndex(tender => tender.Account == topUp.Account);
            if (index >= 0) taken[index] = taken[index] with { Left = taken[index].Left + topUp.Amount };
            else taken.Add(new(topUp.Account, 0m, topUp.Amount));
        }
        return taken;
    }
}
