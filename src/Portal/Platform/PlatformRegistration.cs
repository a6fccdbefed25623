using Microsoft.Extensions.Options;
using Portal.Platform.Live;

namespace Portal.Platform;

internal static class PlatformRegistration
{
    public static void AddPlatform(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(Options.Create(settings.Portal));
        services.AddSingleton<TimeProvider, MicrosecondClock>();
        services.AddLocalization();
        services.AddSingleton<ProgressBoard>();
        services.AddLiveChanges();
        services.AddHttpContextAccessor();
    }
}
