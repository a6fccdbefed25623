using Portal.Identity;
using Portal.Ui;

namespace Portal.Features.ApiKeys;

/// <summary>Administrators give tills and shops their keys.</summary>
internal static class ApiKeysFeature
{
    public static void AddApiKeys(this IServiceCollection services)
    {
        services.AddSingleton<ManageKeys>();
        services.AddStaffNavigation<ApiKeysTexts>("Nav", "/staff/keys", "key-round", Policies.Administration, 54, 'k');
    }
}
