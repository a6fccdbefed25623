using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;

namespace Portal.Features.Demo;

internal static class DemoFeature
{
    public static void AddDemo(this IServiceCollection services)
    {
        services.AddSingleton<DemoComplaints>();
        services.AddSingleton<DemoDesk>();
        services.AddSingleton<DemoHistory>();
        services.AddScoped<ISeed, DemoSeed>();
    }

    /// <summary>What only a serving process does: fill the history, print the sign-ins.</summary>
    public static void AddDemoJobs(this IServiceCollection services)
    {
        services.AddHostedService<DemoFiller>();
        services.AddHostedService<DemoGreeting>();
    }
}

/// <summary>Prints the address and the demo sign-ins once the server listens.</summary>
internal sealed class DemoGreeting(IHostApplicationLifetime lifetime, IServer server, IDbContextFactory<PortalDb> databases, Settings settings) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Greet);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Greet()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "?";
        Console.WriteLine($"The portal is open at {address}");
        if (!settings.DemoEnabled)
            return;
        using var db = databases.CreateDbContext();
        if (!db.Set<DemoRow>().Any())
            return;
        Console.WriteLine($"Demo sign-ins, all with the password {DemoSeed.Password}:");
        foreach (var account in DemoSeed.Accounts)
            Console.WriteLine($"  {account.Email,-30} {account.Role ?? "customer"}");
    }
}
