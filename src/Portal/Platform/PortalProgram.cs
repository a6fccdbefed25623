using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Portal.Api;
using Portal.Data;
using Portal.Identity;
using Portal.Identity.Limits;
using Portal.Platform.Mail;
using Portal.Ui;

namespace Portal.Platform;

/// <summary>Start: the web server, or one command with the same configuration.</summary>
internal static class PortalProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var command = Commands.Find(args);
            var app = Build(args, command is null);
            // The database is made ready while the endpoints are made and a page is rendered: neither needs the other, and the first visitor waits less.
            var prepared = Task.Run(() => StartUp.PrepareAsync(app.Services, CancellationToken.None));
            if (command is null)
                Configure(app);
            var warm = command is null ? Task.Run(() => WarmUp.RenderAsync(app)) : Task.CompletedTask;
            await prepared;
            await warm;
            if (command is not null)
                return await command(app.Services, args[1..]);
            await app.RunAsync();
            return 0;
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"The portal cannot start: {taken.Message} Another program listens there; choose another address with --urls.");
            return 1;
        }
        catch (OptionsValidationException invalid)
        {
            await Console.Error.WriteLineAsync($"The portal cannot start: a setting is not usable: {string.Join(" ", invalid.Failures)}");
            return 1;
        }
        catch (StartupProblem problem)
        {
            await Console.Error.WriteLineAsync($"The portal cannot start: {problem.Message}");
            return 1;
        }
    }

    /// <param name="serve">False for a command: no web server, no jobs.</param>
    internal static WebApplication Build(string[] args, bool serve)
    {
        var builder = WebApplication.CreateBuilder(args);
        var settings = Settings.Read(builder);
        _ = Task.Run(settings.Database.BuildModel); // what is wrong with the model shows again where it is used
        builder.Services.AddPlatform(settings);
        builder.Services.AddPortalDatabase(settings.Database);
        builder.Services.AddPortalIdentity();
        builder.Services.AddUi(settings);
        builder.Services.AddMail(builder.Configuration, settings);
        builder.Services.AddFeatures();
        if (serve)
        {
            builder.WebHost.ConfigureKestrel(k => k.AddServerHeader = false);
            builder.Services.AddWeb();
            builder.Services.AddApi();
            builder.Services.AddRateLimits(Settings.Bind<RateLimitOptions>(builder.Configuration, RateLimitOptions.Section));
            builder.Services.AddJobs();
        }
        return builder.Build();
    }

    private static void Configure(WebApplication app)
    {
        app.UseWeb();
        app.MapFeatures();
        app.MapApi();
        foreach (var source in ((IEndpointRouteBuilder)app).DataSources)
            _ = source.Endpoints.Count; // built here, not with the first request
    }
}
