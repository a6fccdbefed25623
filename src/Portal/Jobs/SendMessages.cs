using Notifications.Rendering;
using Notifications.Sending;
using Notifications.Templates;
using Portal.Platform;
using Portal.Platform.Mail;

namespace Portal.Jobs;

/// <summary>Sends what is due, on every node, every two seconds. Leases in the outbox keep the nodes from each other's mail.</summary>
internal sealed partial class SendMessages(
    MailOptions mail, IOutboxStore store, IServiceProvider services, TemplateRegistry templates, MailSenders senders, UnsubscribeLinks unsubscribe,
    MailStatus status, TimeProvider time, IHostEnvironment environment, IHostApplicationLifetime lifetime, ILogger<SendMessages> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (mail.Host.Length == 0 && !environment.IsDevelopment())
            NoRelay(mail.Folder);
        await StartedAsync(stoppingToken);
        await FirstPage.PassedAsync(stoppingToken);
        await using var transport = services.GetRequiredService<IMailTransport>();
        var dispatcher = CreateDispatcher(transport);
        while (!stoppingToken.IsCancellationRequested)
        {
            var more = await RunAsync(dispatcher, stoppingToken);
            if (!more)
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> RunAsync(Dispatcher dispatcher, CancellationToken stopping)
    {
        try
        {
            await unsubscribe.ReadyAsync(stopping);
            var report = await dispatcher.RunAsync(stopping);
            if (report.RelayProblem is not null && status.Problem is null)
                RelayDown(report.RelayProblem);
            if (report.Messages.Count > 0)
                status.Problem = report.RelayProblem;
            foreach (var message in report.Messages)
            {
                if (message.Fault is null)
                    Dealt(message.Id.Value, message.Template, message.State);
                else
                    CannotBuild(message.Id.Value, message.Template, message.Fault);
            }
            return report.Messages.Count > 0 && report.RelayProblem is null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The database is away or a bug shows: nothing is lost, the rows wait for the next round.
            status.Problem = "the outbox cannot be worked on";
            RunFailed(fault);
            return false;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    private Dispatcher CreateDispatcher(IMailTransport transport)
    {
        var sender = senders.Create();
        return new(store, transport, new MailRenderer(templates, sender), new TokenBucket(mail.PerSecond, mail.Burst, time.UtcNow()),
            DispatcherOptions.Of(mail, sender.Company, unsubscribe.HeadersOf), time, $"{Environment.MachineName}/{Guid.CreateVersion7():N}");
    }

    // Links need the address the server listens on, which is known once it has started.
    private async Task StartedAsync(CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var ready = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await using var stop = stopping.Register(() => started.TrySetResult());
        await started.Task;
    }

    [LoggerMessage(1, LogLevel.Warning, "NO MAIL SERVER IS CONFIGURED (Mail:Host): nobody gets any mail, not even password resets. Mail is written to {Folder}.")]
    private partial void NoRelay(string folder);

    [LoggerMessage(2, LogLevel.Information, "Mail {Id} ({Template}): {State}.")]
    private partial void Dealt(Guid id, string template, Notifications.Messages.DeliveryState state);

    [LoggerMessage(3, LogLevel.Error, "Mail {Id} ({Template}) cannot be built; it is tried again.")]
    private partial void CannotBuild(Guid id, string template, Exception fault);

    [LoggerMessage(4, LogLevel.Warning, "Mail cannot be sent now: {Problem}")]
    private partial void RelayDown(string problem);

    [LoggerMessage(5, LogLevel.Error, "The outbox cannot be worked on; the next try follows.")]
    private partial void RunFailed(Exception fault);
}
