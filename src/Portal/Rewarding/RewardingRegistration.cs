using Portal.Platform;
using Portal.Rewarding.Closing;
using Portal.Rewarding.Credits;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Marks;
using Portal.Rewarding.Merging;
using Portal.Rewarding.Occasions;
using Portal.Rewarding.Payments;
using Portal.Rewarding.Programmes;
using Portal.Rewarding.Purchases;
using Portal.Rewarding.Segments;
using Portal.Rewarding.Vouchers;

namespace Portal.Rewarding;

internal static class RewardingRegistration
{
    public static void AddRewarding(this IServiceCollection services)
    {
        services.AddSingleton<ProgrammeStore>();
        services.AddSingleton<BenefitBook>();
        services.AddSingleton<RuleBook>();
        services.AddScoped<ISeed, StarterProgramme>();
        services.AddSingleton<Portal.Rewarding.Messages.RuleMessages>();
        services.AddSingleton<Decider>();
        services.AddSingleton<Rewards>();
        services.AddSingleton<PurchaseMail>();
        services.AddSingleton<RecordPurchase>();
        services.AddSingleton<RecordRefund>();
        services.AddSingleton<GiveCredits>();
        services.AddSingleton<SettleDue>();
        services.AddSingleton<DailyClose>();
        services.AddSingleton<RaiseBirthdays>();
        services.AddSingleton<RaiseExpiries>();
        services.AddSingleton<RaiseOccasions>();
        services.AddSingleton<RecordEvent>();
        services.AddSingleton<PayWithPoints>();
        services.AddSingleton<VoucherCounter>();
        services.AddSingleton<GiveVoucher>();
        services.AddSingleton<VerifyBooks>();
        services.AddSingleton<RebuildBooks>();
        services.AddSingleton<MergeMemberships>();
        services.AddSingleton<IMemberData, MarkData>();
        services.AddSingleton<IMemberData, SegmentData>();
        services.AddSingleton<ValueSettingsBook>();
    }
}
