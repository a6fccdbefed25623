using Portal.Features.Segments;

namespace Portal.Jobs;

/// <summary>
/// Looks every minute, on every node, whether members have to be reckoned again: after two at night, when it never happened,
/// or when the settings changed. If it fails, the values of the last run stand.
/// </summary>
internal sealed partial class ReckonSegments(RefreshSegments segments, ILogger<ReckonSegments> log) : RepeatedJob(TimeSpan.FromMinutes(1), log)
{
    protected override TimeSpan Begin => TimeSpan.FromSeconds(15); // all members at once: not beside the first pages

    protected override async Task<TimeSpan?> RoundAsync(CancellationToken stopping)
    {
        if (await segments.RunAsync(again: false, stopping) is { } run)
            Reckoned(Log, run.Members, run.MostValuable, run.MostGrowable, run.BelowZero);
        return AsUsual;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Reckoned the value of {Members} members: {MostValuable} most valuable, {MostGrowable} most growable, {BelowZero} below zero.")]
    private static partial void Reckoned(ILogger log, int members, int mostValuable, int mostGrowable, int belowZero);
}
