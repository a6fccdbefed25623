using Portal.Features.Demo;
using Portal.Rewarding.Occasions;

namespace Portal.Jobs;

/// <summary>Soon after the start and every ten minutes: anniversaries, points that expire soon, customers who stay away.</summary>
internal sealed partial class TellOccasions(RaiseOccasions occasions, DemoHistory demo, ILogger<TellOccasions> log) : RepeatedJob(TimeSpan.FromMinutes(10), log)
{
    protected override async Task<TimeSpan?> RoundAsync(CancellationToken stopping)
    {
        // While a sample year is being lived through, everybody seems to stay away.
        if (await demo.IsFillingAsync(stopping))
            return TimeSpan.FromSeconds(10);
        if (await occasions.HandleAsync(stopping) is > 0 and var raised)
            Raised(Log, raised);
        return AsUsual;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Raised {Count} anniversaries, expiries to come and absences.")]
    private static partial void Raised(ILogger log, int count);
}
