using Portal.Rewarding.Ledger;
using Portal.Rewarding.Occasions;

namespace Portal.Jobs;

/// <summary>Every minute: what has fallen due in the ledger, and whose birthday has begun. Pages do not depend on it, they reckon with the moment they are shown.</summary>
internal sealed partial class SettlePoints(SettleDue settle, RaiseBirthdays birthdays, TimeProvider time, ILogger<SettlePoints> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await settle.HandleAsync(stoppingToken) is > 0 and var settled)
                    Settled(settled);
                if (await birthdays.HandleAsync(stoppingToken) is > 0 and var raised)
                    Raised(raised);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Failed(e); // tried again in a minute; nothing was half done
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Settled {Count} wallets.")]
    private partial void Settled(int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Raised {Count} birthdays.")]
    private partial void Raised(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Settling points failed.")]
    private partial void Failed(Exception e);
}
