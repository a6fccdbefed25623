using Portal.Features.Programs.Backtests;
using Portal.Platform;

namespace Portal.Jobs;

/// <summary>Works on back-tests, on every node, one at a time.</summary>
internal sealed partial class WorkOnBacktests(RunBacktests backtests, ILogger<WorkOnBacktests> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await FirstPage.PassedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var more = false;
            try
            {
                more = await backtests.RunNextAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                RoundFailed(e); // the database is away: what waits, waits
            }
            if (!more)
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Back-tests cannot be worked on; the next try follows.")]
    private partial void RoundFailed(Exception e);
}
