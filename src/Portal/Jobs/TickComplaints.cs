using Microsoft.Extensions.Options;
using Portal.Features.Complaints;
using Portal.Features.Complaints.Staff.Service;
using Portal.Platform;

namespace Portal.Jobs;

/// <summary>Looks at open complaints every half minute, on every node; locks keep the nodes from each other's cases.</summary>
internal sealed partial class TickComplaints(TickCases tick, AdoptRules adopt, IOptions<ComplaintOptions> options, ILogger<TickComplaints> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await FirstPage.PassedAsync(stoppingToken);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.CheckEverySeconds));
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
            await adopt.RunAsync(stopping);
            await tick.RunAsync(stopping);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The database is away or a bug shows: the cases stay due for the next round.
            RunFailed(fault);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Open complaints cannot be looked at; the next try follows.")]
    private partial void RunFailed(Exception fault);
}
