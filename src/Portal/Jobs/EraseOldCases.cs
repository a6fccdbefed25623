using Portal.Features.Complaints.Retention;
using Portal.Platform;

namespace Portal.Jobs;

/// <summary>Once an hour, on every node: locks and the mark on the row keep the nodes from each other's cases.</summary>
internal sealed partial class EraseOldCases(EraseCases erase, ILogger<EraseOldCases> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await FirstPage.PassedAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every);
        try
        {
            do
                await RunAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the portal stops
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            if (await erase.RunAsync(stopping) is > 0 and var erased)
                Erased(erased);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            RunFailed(fault);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Personal data of {Cases} ended complaints was erased.")]
    private partial void Erased(int cases);

    [LoggerMessage(2, LogLevel.Error, "Ended complaints cannot be looked at; the next try follows.")]
    private partial void RunFailed(Exception fault);
}
