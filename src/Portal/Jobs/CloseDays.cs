using Portal.Features.Demo;
using Portal.Rewarding.Closing;

namespace Portal.Jobs;

/// <summary>Looks every five minutes whether a day is over and not closed yet, on every node. A day that cannot be closed stays open for the next round.</summary>
internal sealed partial class CloseDays(DailyClose close, DemoHistory demo, ILogger<CloseDays> log) : RepeatedJob(TimeSpan.FromMinutes(5), log)
{
    protected override TimeSpan Begin => TimeSpan.FromSeconds(30); // the first pages must not wait for days that were missed

    protected override async Task<TimeSpan?> RoundAsync(CancellationToken stopping)
    {
        if (await demo.IsFillingAsync(stopping))
            return TimeSpan.FromSeconds(10); // days that are over still change
        if (await close.HandleAsync(stopping) is > 0 and var closed)
            Closed(Log, closed);
        return AsUsual;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Closed {Count} days.")]
    private static partial void Closed(ILogger log, int count);
}
