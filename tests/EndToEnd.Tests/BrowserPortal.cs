using Microsoft.Playwright;
using Tests.Shared;

[assembly: AssemblyFixture(typeof(EndToEnd.Tests.BrowserPortal))]
[assembly: CollectionBehavior(DisableTestParallelization = true)] // one browser, two cores

namespace EndToEnd.Tests;

/// <summary>One running portal and one browser for all tests of this assembly; both are expensive on two cores.</summary>
public sealed class BrowserPortal : IAsyncLifetime
{
    /// <summary>The browser to use; by default Debian's Chromium.</summary>
    public const string BrowserSetting = "LOYALTY_TEST_BROWSER";

    private static readonly string Executable = Environment.GetEnvironmentVariable(BrowserSetting) is { Length: > 0 } named ? named : "/usr/bin/chromium";

    private readonly Dictionary<(Persona, string Language, bool Script), IBrowserContext> _contexts = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private TestDatabase? _database;

    public PortalServer Server { get; private set; } = null!;

    /// <summary>The people and things that the pages are shown with.</summary>
    public Scene Scene { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _database = TestDatabase.Sqlite();
        Server = new(_database, new() { OnAPort = true, Settings = Scene.Settings });
        Scene = await Scene.SetAsync(Server);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (Server is not null)
            await Server.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }

    /// <summary>A persona without a browser.</summary>
    public async Task<Visitor> VisitorAsync(Persona persona, string language = "id-ID") =>
        Scene.EmailOf(persona) is { } email ? await Server.SignedInAsync(email, language) : Server.Visitor(language);

    /// <summary>A new tab of somebody's browser. Close it (<c>await using</c> of <see cref="Tab"/>) when done.</summary>
    public async Task<Tab> OpenAsync(Persona persona, string language = "id-ID", bool script = true)
    {
        var key = (persona, language, script);
        if (!_contexts.TryGetValue(key, out var context))
            _contexts[key] = context = await NewContextAsync(persona, language, script);
        return new(await context.NewPageAsync());
    }

    /// <summary>A browser of its own, for journeys that sign in and out.</summary>
    public async Task<IBrowserContext> NewContextAsync(Persona persona, string language = "id-ID", bool script = true)
    {
        var browser = await BrowserAsync();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = Server.Url.ToString(),
            Locale = language,
            TimezoneId = "Asia/Jakarta",
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce, // contrast is measured at rest
            ViewportSize = new() { Width = 360, Height = 740 },
        });
        context.SetDefaultTimeout(15_000);
        if (Scene.EmailOf(persona) is { } email)
            await context.AddCookiesAsync([new() { Name = "portal", Value = await Server.CookieAsync(email), Url = Server.Url.ToString() }]);
        return context;
    }

    /// <summary>A browser in which the person with this address is signed in.</summary>
    public async Task<IBrowserContext> NewContextAsync(string email, string language = "id-ID", bool script = true)
    {
        var context = await NewContextAsync(Persona.Anonymous, language, script);
        await context.AddCookiesAsync([new() { Name = "portal", Value = await Server.CookieAsync(email), Url = Server.Url.ToString() }]);
        return context;
    }

    private async Task<IBrowser> BrowserAsync()
    {
        Assert.SkipUnless(File.Exists(Executable), $"{Executable} is not here; install Chromium or name a browser in {BrowserSetting}");
        _playwright ??= await Playwright.CreateAsync();
        return _browser ??= await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"],
        });
    }
}

/// <summary>One tab, with everything the browser complained about.</summary>
public sealed class Tab : IAsyncDisposable
{
    private readonly List<string> _complaints = [];

    public Tab(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" && !IsTheDocumentItself(message.Location, page.Url))
                _complaints.Add($"{message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.RequestFailed += (_, request) =>
        {
            if (request.Failure is not "net::ERR_ABORTED") // the browser's own doing, on leaving a page
                _complaints.Add($"{request.Url} failed: {request.Failure}");
        };
    }

    public IPage Page { get; }

    /// <summary>Console errors, content security violations, script errors, failed requests.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public async ValueTask DisposeAsync() => await Page.CloseAsync();

    // A page that rightly answers 404 or 403 is reported as a failed load of its own address.
    private static bool IsTheDocumentItself(string location, string url) => location == url || location.StartsWith(url + ":", StringComparison.Ordinal);
}
