using System.Reflection;

namespace Notifications.Templates;

/// <summary>The wording the portal ships with, embedded in this assembly: one file per mail and language in <c>Templates/Standard</c>.</summary>
public static class StandardTemplates
{
    private const string Prefix = "mail/";

    /// <summary>All of them, with their layout.</summary>
    public static TemplateRegistry Load()
    {
        var assembly = typeof(StandardTemplates).Assembly;
        return TemplateRegistry.Of(assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => Read(assembly, n)));
    }

    private static MailTemplate Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var name = resource[Prefix.Length..];
        var dot = name.LastIndexOf('.');
        return MailTemplate.Parse(name[..dot], name[(dot + 1)..], reader.ReadToEnd());
    }
}
