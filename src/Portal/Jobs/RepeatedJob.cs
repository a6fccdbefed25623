using Portal.Platform;

namespace Portal.Jobs;

/// <summary>
/// Work that is done round after round until the portal stops. A round that fails ends nothing: nothing was half done, the
/// log says so, and the next one goes on.
/// </summary>
/// <param name="pause">Between two rounds.</param>
/// <param name="log">Hears of failures.</param>
internal abstract partial class RepeatedJob(TimeSpan pause, ILogger log) : BackgroundService
{
    /// <summary>There is more to do: the next round follows at once.</summary>
    protected static readonly TimeSpan? AtOnce = TimeSpan.Zero;

    /// <summary>The next round follows after the usual pause.</summary>
    protected static readonly TimeSpan? AsUsual;

    protected ILogger Log { get; } = log;

    /// <summary>From the start of the portal to the first round: at least until the first page was shown.</summary>
    protected virtual TimeSpan Begin => FirstPage.Moment;

    /// <summary>Does one round.</summary>
    /// <returns>How long until the next one.</returns>
    protected abstract Task<TimeSpan?> RoundAsync(CancellationToken stopping);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await WaitAsync(Begin, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
            await WaitAsync(await SafeRoundAsync(stoppingToken) ?? pause, stoppingToken);
    }

    private async Task<TimeSpan?> SafeRoundAsync(CancellationToken stopping)
    {
        try
        {
            return await RoundAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // the portal stops
        }
        catch (Exception fault) // also a cancellation of something within, such as a time-out
        {
            Failed(Log, GetType().Name, fault);
        }
        return AsUsual;
    }

    private static async Task WaitAsync(TimeSpan time, CancellationToken stopping) =>
        await Task.Delay(time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job}: a round failed; the next one follows.")]
    private static partial void Failed(ILogger log, string job, Exception fault);
}
