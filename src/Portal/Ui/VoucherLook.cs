using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Portal.Ui;

/// <summary>What stands on the stub of a voucher.</summary>
public static class VoucherLook
{
    /// <summary>Short: <c>Rp25.000</c>, <c>20%</c>; null when it stands for a thing.</summary>
    public static string? Worth(VoucherTemplate template, Currency currency, Format format) => template.Discounts switch
    {
        [AmountOffOrder off] => format.Money(new Money(off.Amount, currency)),
        [PercentOffOrder off] => format.Percent(off.Percent),
        [PercentOffLines off] => format.Percent(off.Percent),
        _ => null,
    };

    public static string Icon(VoucherTemplate template) => template.Discounts.Count > 0 ? "ticket-percent" : "ticket";
}
