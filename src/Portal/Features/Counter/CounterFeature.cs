using Portal.Identity;
using Portal.Ui;

namespace Portal.Features.Counter;

/// <summary>Staff at the counter take vouchers in.</summary>
internal static class CounterFeature
{
    public static void AddCounter(this IServiceCollection services) =>
        services.AddStaffNavigation<CounterTexts>("Nav", "/staff/counter", "ticket", Policies.Desk, 12, 'v');
}
