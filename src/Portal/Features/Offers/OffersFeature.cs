namespace Portal.Features.Offers;

/// <summary>What a member can get next, and why.</summary>
internal static class OffersFeature
{
    public static void AddOffers(this IServiceCollection services) => services.AddSingleton<MyOffers>();
}
