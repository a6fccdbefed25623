using Portal.Features.Programs.Backtests;

namespace Portal.Jobs;

/// <summary>Works on back-tests, on every node, one at a time.</summary>
internal sealed class WorkOnBacktests(RunBacktests backtests, ILogger<WorkOnBacktests> log) : RepeatedJob(TimeSpan.FromSeconds(1), log)
{
    protected override async Task<TimeSpan?> RoundAsync(CancellationToken stopping) => await backtests.RunNextAsync(stopping) ? AtOnce : AsUsual;
}
