using Portal.Features.Messages;

namespace Portal.Jobs;

/// <summary>Once an hour, on every node: what was not written long ago is not counted any more.</summary>
internal sealed partial class ForgetOldCounts(ForgetHeldMessages forget, ILogger<ForgetOldCounts> log) : RepeatedJob(TimeSpan.FromHours(1), log)
{
    protected override async Task<TimeSpan?> RoundAsync(CancellationToken stopping)
    {
        if (await forget.HandleAsync(stopping) is > 0 and var forgotten)
            Forgotten(Log, forgotten);
        return AsUsual;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} messages that were not written are not counted any more.")]
    private static partial void Forgotten(ILogger log, int count);
}
