using Portal.Features.Catalogue.Staff;
using Portal.Identity;
using Portal.Rewarding.Catalogue;
using Portal.Rewarding.Ledger;
using Portal.Ui;

namespace Portal.Features.Catalogue;

/// <summary>Rewards to look at and redeem, vouchers in hand, and the staff side of the catalogue.</summary>
internal static class CatalogueFeature
{
    public static void AddCatalogue(this IServiceCollection services)
    {
        services.AddSingleton<RewardShelf>();
        services.AddSingleton<PointsQuery>();
        services.AddSingleton<RedeemReward>();
        services.AddSingleton<MyVouchers>();
        services.AddSingleton<EditCatalogue>();
        services.AddSingleton<GiftStocks>();
        services.AddStaffNavigation<CatalogueTexts>("StaffNav", "/staff/catalogue", "gift", Policies.Rules, 32, 'c');
    }
}
