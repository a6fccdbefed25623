using Portal.Features.Complaints.Retention;

namespace Portal.Jobs;

/// <summary>Once an hour, on every node: locks and the mark on the row keep the nodes from each other's cases.</summary>
internal sealed partial class EraseOldCases(EraseCases erase, ILogger<EraseOldCases> log) : RepeatedJob(TimeSpan.FromHours(1), log)
{
    protected override async Task<TimeSpan?> RoundAsync(CancellationToken stopping)
    {
        if (await erase.RunAsync(stopping) is > 0 and var erased)
            Erased(Log, erased);
        return AsUsual;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Personal data of {Cases} ended complaints was erased.")]
    private static partial void Erased(ILogger log, int cases);
}
