using Portal.Identity;
using Portal.Ui;

namespace Portal.Features.Administration;

internal static class AdministrationFeature
{
    public static void AddAdministration(this IServiceCollection services)
    {
        services.AddSingleton<SetupCodes>();
        services.AddHostedService<AnnounceSetup>();
        services.AddSingleton<SetupOverview>();
        services.AddSingleton<InviteStaff>();
        services.AddSingleton<ManageStaff>();
        services.AddScoped<SetUpPortal>();
        services.AddScoped<AcceptInvitation>();
        services.AddStaffNavigation<AdministrationTexts>("Nav.Start", "/staff", "house", Policies.Staff, 0, 'h');
        services.AddStaffNavigation<AdministrationTexts>("Nav.People", "/staff/people", "users", Policies.Administration, 50, 'p');
        services.AddStaffNavigation<AdministrationTexts>("Nav.Setup", "/staff/setup", "settings", Policies.Administration, 51);
    }
}
