using Microsoft.Extensions.Localization;
using Portal.Rewarding.Catalogue;
using Portal.Ui;

namespace Portal.Features.Catalogue;

/// <summary>The state of a voucher in words.</summary>
internal static class VoucherWords
{
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
