namespace Portal.Platform.Live;

internal static class LiveRegistration
{
    /// <summary>For every process: a command may change what a page shows.</summary>
    public static void AddLiveChanges(this IServiceCollection services) => services.AddSingleton<LiveChanges>();

    /// <summary>For the web server.</summary>
    public static void AddLiveStreams(this IServiceCollection services)
    {
        services.AddOptions<LiveOptions>().BindConfiguration(LiveOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LiveStreams>();
        services.AddHostedService<LiveListener>();
    }
}
