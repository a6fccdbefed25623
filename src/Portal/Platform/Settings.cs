using System.ComponentModel.DataAnnotations;
using Portal.Data;
using Portal.Ui.Brand;

namespace Portal.Platform;

/// <summary>The settings that decide how the process is put together. The rest are options of their features.</summary>
internal sealed record Settings(PortalOptions Portal, DatabaseSettings Database, BrandOptions Brand, bool DemoEnabled)
{
    /// <exception cref="StartupProblem">A setting is malformed or the data directory cannot be written.</exception>
    public static Settings Read(WebApplicationBuilder builder)
    {
        var portal = Bind<PortalOptions>(builder.Configuration, PortalOptions.Section);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(portal.TimeZone, out _))
            throw new StartupProblem($"Portal:TimeZone '{portal.TimeZone}' is not an IANA time zone such as Asia/Jakarta.");
        portal.DataDirectory = WritableDirectory(Path.Combine(builder.Environment.ContentRootPath, portal.DataDirectory));
        var demo = Bind<DemoOptions>(builder.Configuration, DemoOptions.Section);
        var demoEnabled = demo.Enabled ?? builder.Environment.IsDevelopment();
        var brand = Bind<BrandOptions>(builder.Configuration, BrandOptions.Section);
        if (demoEnabled && builder.Configuration[BrandOptions.Section + ":" + nameof(BrandOptions.Name)] is null)
            brand.Name = BrandOptions.DemoName;
        return new(
            portal,
            DatabaseSettings.From(builder.Configuration.GetConnectionString("Portal"), portal.DataDirectory),
            brand,
            demoEnabled);
    }

    /// <summary>Binds and validates one section, naming the setting that is wrong.</summary>
    internal static T Bind<T>(IConfiguration configuration, string section) where T : class, new()
    {
        var options = new T();
        try
        {
            configuration.GetSection(section).Bind(options);
        }
        catch (InvalidOperationException e)
        {
            throw new StartupProblem($"a setting in section {section} cannot be read: {e.Message}", e); // names the setting and the type it needs
        }
        var errors = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new(options), errors, validateAllProperties: true))
            throw new StartupProblem(string.Join(" ", errors.Select(e => e.ErrorMessage!.Contains(section + ":", StringComparison.Ordinal) ? e.ErrorMessage : $"{section}:{string.Join(", ", e.MemberNames)}: {e.ErrorMessage}")));
        return options;
    }

    private static string WritableDirectory(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            var probe = Path.Combine(directory, ".write-test-" + Environment.ProcessId);
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return Path.GetFullPath(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new StartupProblem($"the data directory {directory} (Portal:DataDirectory) cannot be written: {e.Message}", e);
        }
    }
}
