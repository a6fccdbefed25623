namespace Portal.Features.Segments;

/// <summary>Which members are most valuable, most growable, below zero. Rules, the desk and the member's page read it from <c>Rewarding/Segments</c>.</summary>
internal static class SegmentsFeature
{
    public static void AddSegments(this IServiceCollection services) => services.AddSingleton<RefreshSegments>();
}
