using Portal.Features.Demo;
using Portal.Rewarding;

namespace Portal.Jobs;

/// <summary>Every ten minutes: anniversaries, points that expire soon, customers who stay away.</summary>
internal sealed partial class TellOccasions(RaiseOccasions occasions, DemoHistory demo, TimeProvider time, ILogger<TellOccasions> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(10), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                // While a sample year is being lived through, everybody seems to stay away.
                if (!await demo.IsFillingAsync(stoppingToken) && await occasions.HandleAsync(stoppingToken) is > 0 and var raised)
                    Raised(raised);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed(e); // what was raised stays raised; the rest follows in ten minutes
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Raised {Count} anniversaries, expiries to come and absences.")]
    private partial void Raised(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for anniversaries, expiries and absences failed.")]
    private partial void Failed(Exception e);
}
