using Microsoft.EntityFrameworkCore;
using Portal.Data;
using RewardsEngine.Activities;
using RewardsEngine.Decisions;

namespace Portal.Rewarding.Codes;

/// <summary>Unique codes in a decision: what is left of those presented, taken with the sale, given back with its return.</summary>
internal static class CodeStates
{
    /// <summary>As stored and compared.</summary>
    public static string Normalise(string typed) => typed.Trim().ToUpperInvariant();

    public static async Task<IReadOnlyList<CodeState>> LoadAsync(PortalDb db, Purchase purchase, CancellationToken cancel)
    {
        var codes = purchase.Codes.Select(Normalise).Distinct().ToList();
        var found = await (
            from code in db.Set<UniqueCodeRow>().AsNoTracking()
            where codes.Contains(code.Code)
            join batch in db.Set<CodeBatchRow>() on code.BatchId equals batch.Id
            where batch.State == CodeBatchState.Ready || batch.State == CodeBatchState.Void
            orderby code.Code
            select new { code.Code, batch.RuleId, code.UsesLeft, Revoked = batch.State == CodeBatchState.Void }).ToListAsync(cancel);
        return [.. found.Select(c => new CodeState(c.Code, c.RuleId, c.UsesLeft, Owner: null, c.Revoked))];
    }

    /// <returns>False when it was used up or taken back a moment before.</returns>
    public static async Task<bool> TakeAsync(PortalDb db, UseCode use, Activity activity, CancellationToken cancel) =>
        await db.Set<UniqueCodeRow>()
            .Where(c => c.Code == use.Code && c.UsesLeft > 0 && db.Set<CodeBatchRow>().Any(b => b.Id == c.BatchId && b.State == CodeBatchState.Ready))
            .ExecuteUpdateAsync(s => s
                .SetProperty(c => c.UsesLeft, c => c.UsesLeft - 1)
                .SetProperty(c => c.UsedAt, activity.OccurredAt)
                .SetProperty(c => c.UsedOn, activity.Reference), cancel) == 1;

    public static async Task GiveBackAsync(PortalDb db, string code, CancellationToken cancel) =>
        await db.Set<UniqueCodeRow>()
            .Where(c => c.Code == code && db.Set<CodeBatchRow>().Any(b => b.Id == c.BatchId && c.UsesLeft < b.UsesEach))
            .ExecuteUpdateAsync(s => s
                .SetProperty(c => c.UsesLeft, c => c.UsesLeft + 1)
                .SetProperty(c => c.UsedAt, (DateTime?)null)
                .SetProperty(c => c.UsedOn, (string?)null), cancel);
}
