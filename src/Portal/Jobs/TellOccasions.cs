using Portal.Features.Demo;
using Portal.Platform;
using Portal.Rewarding.Occasions;

namespace Portal.Jobs;

/// <summary>Soon after the start and every ten minutes: anniversaries, points that expire soon, customers who stay away.</summary>
internal sealed partial class TellOccasions(RaiseOccasions occasions, DemoHistory demo, ILogger<TellOccasions> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await FirstPage.PassedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                // While a sample year is being lived through, everybody seems to stay away.
                if (await demo.IsFillingAsync(stoppingToken))
                    pause = TimeSpan.FromSeconds(10);
                else if (await occasions.HandleAsync(stoppingToken) is > 0 and var raised)
                    Raised(raised);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Failed(e); // what was raised stays raised; the rest follows in ten minutes
            }
            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Raised {Count} anniversaries, expiries to come and absences.")]
    private partial void Raised(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for anniversaries, expiries and absences failed.")]
    private partial void Failed(Exception e);
}
