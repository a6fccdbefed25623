using Microsoft.EntityFrameworkCore;
using Portal.Data;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;
using RewardsEngine.Json;
using RewardsEngine.Values;

namespace Portal.Rewarding.Decisions;

/// <summary>Takes the person out of the recorded inputs and explanations of a member who leaves. What was given and taken back stays.</summary>
internal static class InputErasure
{
    private const int RowsAtOnce = 200;

    public static async Task EraseAsync(PortalDb db, MemberId member, CancellationToken cancel)
    {
        var ids = await db.Set<ActivityRow>().Where(a => a.MemberId == member && a.Type != ActivityTypes.Refund).Select(a => a.Id).ToListAsync(cancel);
        foreach (var some in ids.Chunk(RowsAtOnce))
        {
            foreach (var row in await db.Set<ActivityRow>().AsNoTracking().Where(a => some.Contains(a.Id)).ToListAsync(cancel))
            {
                var decision = row.ReadDecision();
                var read = EngineJson.Read<DecisionInput>(row.Input);
                var activity = EngineJson.Write(Anonymous.Of(EngineJson.Read<Activity>(row.Activity)));
                var input = EngineJson.Write(read with { Member = Anonymous.Of(read.Member), Erased = true });
                var decided = EngineJson.Write(decision with { Explanation = Anonymous.Of(decision.Explanation) });
                await db.Set<ActivityRow>().Where(a => a.Id == row.Id).ExecuteUpdateAsync(s => s
                    .SetProperty(a => a.Activity, activity)
                    .SetProperty(a => a.Input, input)
                    .SetProperty(a => a.Decision, decided), cancel);
            }
        }
    }
}
