using Microsoft.Extensions.Localization;
using Portal.Rewarding.Catalogue;
using Portal.Ui;
using RewardsEngine.Rewards;
using RewardsEngine.Values;

namespace Portal.Features.Catalogue;

/// <summary>How a voucher is shown: its worth on the stub, its state in words.</summary>
internal static class VoucherWords
{
    /// <summary>Short, for the stub: <c>Rp25.000</c>, <c>20%</c>; null when it stands for a thing.</summary>
    public static string? Worth(VoucherTemplate template, Currency currency, Format format) => template.Discounts switch
    {
        [AmountOffOrder off] => format.Money(new Money(off.Amount, currency)),
        [PercentOffOrder off] => format.Percent(off.Percent),
        [PercentOffLines off] => format.Percent(off.Percent),
        _ => null,
    };

    public static string Icon(VoucherTemplate template) => template.Discounts.Count > 0 ? "ticket-percent" : "ticket";

    /// <summary>Validity or what became of it, with the date.</summary>
    public static string Note(MyVoucher voucher, IStringLocalizer<CatalogueTexts> texts, Format format) => voucher.View switch
    {
        VoucherView.Used => voucher.UsedAt is { } at ? texts["UsedOn", format.Date(at)] : texts["UsedUp"],
        VoucherView.Expired => texts["ExpiredOn", format.Date(voucher.ValidTo)],
        VoucherView.Revoked => texts["Revoked"],
        VoucherView.Reserved => texts["ReservedNote"],
        VoucherView.NotYet => texts["ValidFrom", format.Date(voucher.ValidFrom)],
        _ => texts["ValidTo", format.Date(voucher.ValidTo)],
    };
}
