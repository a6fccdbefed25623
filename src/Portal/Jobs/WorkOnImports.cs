using Portal.Features.Imports;
using Portal.Platform;

namespace Portal.Jobs;

/// <summary>Works on imports, on every node, one at a time. Unfinished ones go on after a restart.</summary>
internal sealed partial class WorkOnImports(RunImports imports, ILogger<WorkOnImports> log) : BackgroundService
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
                more = await imports.RunNextAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                RoundFailed(e); // the database is away: nothing is lost, the next round goes on
            }
            if (!more)
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Imports cannot be worked on; the next try follows.")]
    private partial void RoundFailed(Exception e);
}
