using Portal.Features.Segments;

namespace Portal.Jobs;

/// <summary>
/// Looks every minute, on every node, whether members have to be reckoned again: after two at night, when it never happened,
/// or when the settings changed.
/// </summary>
internal sealed partial class ReckonSegments(RefreshSegments segments, ILogger<ReckonSegments> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first page must not wait.
        await Task.Delay(TimeSpan.FromSeconds(15), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await segments.RunAsync(again: false, stoppingToken) is { } run)
                    Reckoned(run.Members, run.MostValuable, run.MostGrowable, run.BelowZero);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Failed(e); // the values of the last run stand until the next round
            }
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Reckoned the value of {Members} members: {MostValuable} most valuable, {MostGrowable} most growable, {BelowZero} below zero.")]
    private partial void Reckoned(int members, int mostValuable, int mostGrowable, int belowZero);

    [LoggerMessage(2, LogLevel.Error, "The value of members cannot be reckoned; the next try follows.")]
    private partial void Failed(Exception e);
}
