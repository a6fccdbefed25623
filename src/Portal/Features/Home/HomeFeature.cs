namespace Portal.Features.Home;

/// <summary>The front page for visitors and the home page of members.</summary>
internal static class HomeFeature
{
    public static void AddHome(this IServiceCollection services) => services.AddScoped<HomeSummary>();
}
