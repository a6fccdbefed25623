using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Messages;

namespace Portal.Features.Messages;

/// <summary>What was not written is counted for a while and then forgotten.</summary>
public sealed class ForgetHeldMessages(IDbContextFactory<PortalDb> databases, IOptions<MessageOptions> options, TimeProvider time)
{
    /// <returns>How many were forgotten.</returns>
    public async Task<int> HandleAsync(CancellationToken cancel)
    {
        var until = time.UtcNow().AddDays(-options.Value.KeepHeldDays);
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<HeldMessageRow>().Where(h => h.At < until).ExecuteDeleteAsync(cancel);
    }
}
