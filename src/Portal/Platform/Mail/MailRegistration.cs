using Notifications.Sending;
using Notifications.Templates;

namespace Portal.Platform.Mail;

internal static class MailRegistration
{
    public const string Section = "Mail";

    /// <exception cref="StartupProblem">A mail setting is malformed.</exception>
    public static void AddMail(this IServiceCollection services, IConfiguration configuration, Settings settings)
    {
        var options = Settings.Bind<MailOptions>(configuration, Section);
        if (options.Folder.Length == 0)
            options.Folder = Path.Combine(settings.Portal.DataDirectory, "mail");
        if (options.Problems() is { Count: > 0 } problems)
            throw new StartupProblem(string.Join(" ", problems));
        services.AddSingleton(options);
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<IOutboxStore, OutboxStore>();
        services.AddSingleton(StandardTemplates.Load());
        services.AddSingleton<MailStatus>();
        services.AddSingleton<UnsubscribeLinks>();
        services.AddSingleton<MailSenders>();
        services.AddSingleton<Mailbox>();
        services.AddTransient<IMailTransport>(_ => options.Host.Length > 0 ? new SmtpTransport(options) : new FolderTransport(options.Folder));
        services.AddHealthChecks().AddCheck<MailHealth>("mail");
    }
}
