using Portal.Rewarding;

namespace Portal.Features.Profile;

internal static class ProfileFeature
{
    public static void AddProfile(this IServiceCollection services)
    {
        services.AddOptions<ProfileOptions>().BindConfiguration(ProfileOptions.Section);
        services.AddSingleton<IMemberData, ProfileData>();
        services.AddSingleton<IMemberData, PointsData>();
        services.AddSingleton<ProfileFields>();
        services.AddSingleton<ProfileWords>();
        services.AddSingleton<ShowProfile>();
        services.AddSingleton<CompleteProfile>();
        services.AddSingleton<ChangeSettings>();
        services.AddScoped<CloseAccount>();
    }

    public static void MapProfile(this WebApplication app) => app.MapOwnData();
}
