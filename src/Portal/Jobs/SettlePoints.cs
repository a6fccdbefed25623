using Portal.Rewarding.Ledger;
using Portal.Rewarding.Occasions;

namespace Portal.Jobs;

/// <summary>Every minute: what has fallen due in the ledger, and whose birthday has begun. Pages do not depend on it, they reckon with the moment they are shown.</summary>
internal sealed partial class SettlePoints(SettleDue settle, RaiseBirthdays birthdays, ILogger<SettlePoints> log) : RepeatedJob(TimeSpan.FromMinutes(1), log)
{
    protected override TimeSpan Begin => TimeSpan.FromMinutes(1);

    protected override async Task<TimeSpan?> RoundAsync(CancellationToken stopping)
    {
        if (await settle.HandleAsync(stopping) is > 0 and var settled)
            Settled(Log, settled);
        if (await birthdays.HandleAsync(stopping) is > 0 and var raised)
            Raised(Log, raised);
        return AsUsual;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Settled {Count} wallets.")]
    private static partial void Settled(ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Raised {Count} birthdays.")]
    private static partial void Raised(ILogger log, int count);
}
