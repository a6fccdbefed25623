using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Credits;
using Portal.Rewarding.Ledger;
using Portal.Rewarding.Programmes;
using RewardsEngine.Accounting;
using RewardsEngine.Values;
using Books = RewardsEngine.Accounting.Ledger;

namespace Portal.Features.Members;

/// <summary>A person gives or takes points by hand, with a reason that stays in the ledger.</summary>
/// <param name="By">The member of staff.</param>
/// <param name="MayExceed">A manager or administrator.</param>
/// <param name="Request">The form's id: a form sent twice adjusts once.</param>
public sealed record Adjust(MemberId Member, long Points, string? Reason, Guid By, bool MayExceed, Guid Request);

/// <summary>Books an adjustment within the limit of the role.</summary>
public sealed class AdjustPoints(
    Portal.Rewarding.Rewards rewards, GiveCredits credits, ProgrammeStore programmes, IDbContextFactory<PortalDb> databases, TimeProvider time, IOptions<AdjustmentOptions> options)
{
    public const int ReasonLength = 300;

    /// <returns>The balance after it.</returns>
    public async Task<Result<long>> HandleAsync(Adjust adjust, CancellationToken cancel)
    {
        if (Refuse(adjust) is { Count: > 0 } refusals)
            return Result<long>.Refused(refusals);
        return adjust.Points > 0 ? await GiveAsync(adjust, cancel) : await TakeAsync(adjust, cancel);
    }

    private async Task<Result<long>> GiveAsync(Adjust adjust, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<MemberRow>().Where(m => m.Id == adjust.Member).Select(m => new { m.ClosedAt }).SingleOrDefaultAsync(cancel) is not { } member)
            return new Refusal("member.unknown");
        if (member.ClosedAt is not null)
            return new Refusal("member.closed");
        var rules = await programmes.CurrentAsync(db, cancel);
        var settings = rules.Programme.Points;
        var given = await credits.HandleAsync(
            new(adjust.Member, Reference(adjust), adjust.Points, Why(adjust), ExpiresAt: settings.Expiry.ExpiresAt(time.UtcNow(), rules.Zone, settings.Boundary)), cancel);
        return given.Refusal is null ? given.Balance : new Refusal("points.invalid", "Points"); // no room for so many, or the form was changed and sent again
    }

    private async Task<Result<long>> TakeAsync(Adjust adjust, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        if (await work.FindAsync(adjust.Member, cancel) is not { } account)
            return new Refusal("member.unknown");
        if (account.Row.ClosedAt is not null)
            return new Refusal("member.closed");
        var reference = Reference(adjust);
        if (await work.Db.Set<TransferRow>().AnyAsync(t => t.MemberId == adjust.Member && t.Operation == reference, cancel))
            return account.Wallet.Balance;
        account.Settle(work.Now, work.Now);
        var outcome = account.Apply(Books.Adjust(account.Wallet, new Posting(reference, work.Now, Why(adjust)), new(adjust.Points)));
        if (!outcome.Accepted)
            return new Refusal("points.short", "Points", account.Wallet.Spendable(work.Now));
        await work.CommitAsync(cancel);
        return account.Wallet.Balance;
    }

    private static string Reference(Adjust adjust) => $"adjust:{adjust.Request:N}";

    private static Cause Why(Adjust adjust) => new(Activity: Reference(adjust), Person: adjust.By.ToString(), Reason: adjust.Reason!.Trim());

    private List<Refusal> Refuse(Adjust adjust)
    {
        List<Refusal> refusals = [];
        if (adjust.Points is 0 or < -Books.MaxPoints or > Books.MaxPoints)
            refusals.Add(new("points.invalid", "Points"));
        else if (!adjust.MayExceed && Math.Abs(adjust.Points) > options.Value.AgentLimit)
            refusals.Add(new("points.limit", "Points", options.Value.AgentLimit));
        if (string.IsNullOrWhiteSpace(adjust.Reason) || adjust.Reason.Trim().Length > ReasonLength)
            refusals.Add(new("reason", "Reason", ReasonLength));
        return refusals;
    }
}
