using Portal.Features.Messages;
using Portal.Platform;

namespace Portal.Jobs;

/// <summary>Once an hour, on every node: what was not written long ago is not counted any more.</summary>
internal sealed partial class ForgetOldCounts(ForgetHeldMessages forget, TimeProvider time, ILogger<ForgetOldCounts> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await FirstPage.PassedAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
                await RunAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the portal stops
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            if (await forget.HandleAsync(stopping) is > 0 and var forgotten)
                Forgotten(forgotten);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            RunFailed(fault);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Count} messages that were not written are not counted any more.")]
    private partial void Forgotten(int count);

    [LoggerMessage(2, LogLevel.Error, "Old counts of messages cannot be cleared; the next try follows.")]
    private partial void RunFailed(Exception fault);
}
