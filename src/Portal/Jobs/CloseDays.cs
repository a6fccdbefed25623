using Portal.Features.Demo;
using Portal.Rewarding.Closing;

namespace Portal.Jobs;

/// <summary>Looks every five minutes whether a day is over and not closed yet, on every node.</summary>
internal sealed partial class CloseDays(DailyClose close, DemoHistory demo, ILogger<CloseDays> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first page must not wait for days that were missed.
        await Task.Delay(TimeSpan.FromSeconds(30), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                if (await demo.IsFillingAsync(stoppingToken))
                    pause = TimeSpan.FromSeconds(10); // days that are over still change
                else if (await close.HandleAsync(stoppingToken) is > 0 and var closed)
                    Closed(closed);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Failed(e); // the day stays open for the next round
            }
            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Closed {Count} days.")]
    private partial void Closed(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "A day cannot be closed; the next try follows.")]
    private partial void Failed(Exception e);
}
