using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Data;

namespace Tests.Shared;

/// <summary>The real program on a database of its own, in memory or (for browsers) on a free port.</summary>
public sealed class PortalServer : WebApplicationFactory<Program>
{
    private readonly PortalServerOptions _options;

    public PortalServer(TestDatabase database, PortalServerOptions? options = null)
    {
        Database = database;
        _options = options ?? new();
        if (_options.OnAPort)
            UseKestrel(0);
        StartServer();
    }

    public TestDatabase Database { get; }

    /// <summary>The clock of the program when the options named one.</summary>
    public FakeTime Time => _options.Time ?? throw new InvalidOperationException("This server runs on the real clock.");

    public Uri Url => ClientOptions.BaseAddress;

    /// <summary>One visitor: own cookies, no account yet.</summary>
    public Visitor Visitor(string language = "id-ID") => new(NewClient(), language);

    // The factory's client for a real port would follow redirects and keep cookies by itself, which is the visitor's business.
    private HttpClient NewClient() => _options.OnAPort
        ? new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Url }
        : CreateDefaultClient();

    public PortalDb OpenDatabase() => Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContext();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(_options.Environment);
        builder.UseStaticWebAssets();
        builder.UseSetting("Portal:DataDirectory", Database.DataDirectory);
        builder.UseSetting("ConnectionStrings:Portal", Database.ConnectionString);
        builder.UseSetting("Demo:Enabled", "false");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        foreach (var limit in (string[])["JoinsPerHour", "SignInsPerMinute", "MailsPerHour", "CardLinksPerHour", "ApiCallsPerMinute"])
            builder.UseSetting($"RateLimits:{limit}", "100000"); // all visitors of a test come from one address
        foreach (var (key, value) in _options.Settings)
            builder.UseSetting(key, value);
        builder.ConfigureTestServices(services =>
        {
            if (_options.Time is { } time)
                services.AddSingleton<TimeProvider>(time);
            _options.Services?.Invoke(services);
        });
    }
}

/// <summary>What a test class changes about the program.</summary>
public sealed record PortalServerOptions
{
    public string Environment { get; init; } = "Development";

    /// <summary>Configuration as on the command line, e.g. <c>Portal:Currency</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Null: the real clock.</summary>
    public FakeTime? Time { get; init; }

    /// <summary>Listen on a free port of the loopback address instead of in memory.</summary>
    public bool OnAPort { get; init; }

    public Action<IServiceCollection>? Services { get; init; }
}
