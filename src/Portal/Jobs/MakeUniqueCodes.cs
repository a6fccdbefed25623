using Portal.Features.Programs.Codes;
using Portal.Platform;

namespace Portal.Jobs;

/// <summary>Makes unique codes that marketers asked for, on every node; steps keep the nodes from each other's work.</summary>
internal sealed partial class MakeUniqueCodes(MakeCodes codes, ILogger<MakeUniqueCodes> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await FirstPage.PassedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await codes.RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Failed(e); // the database is away: the next round goes on where this one stopped
            }
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Codes cannot be made; the next try follows.")]
    private partial void Failed(Exception e);
}
