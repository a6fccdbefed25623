using Portal.Rewarding;

namespace Portal.Features.Profile;

internal static class ProfileFeature
{
    public static void AddProfile(this IServiceCollection services)
    {
        services.AddSingleton<IMemberData, ProfileData>();
        services.AddSingleton<IMemberData, PointsData>();
    }
}
