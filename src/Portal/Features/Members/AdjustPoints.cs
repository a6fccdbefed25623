using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Platform;
using Portal.Rewarding;
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
public sealed class AdjustPoints(Portal.Rewarding.Rewards rewards, ProgrammeStore programmes, IOptions<AdjustmentOptions> options)
{
    public const int ReasonLength = 300;

    /// <returns>The balance after it.</returns>
    public async Task<Result<long>> HandleAsync(Adjust adjust, CancellationToken cancel)
    {
        if (Refuse(adjust) is { Count: > 0 } refusals)
            return Result<long>.Refused(refusals);
        await using var work = await rewards.BeginAsync(cancel);
        if (await work.FindAsync(adjust.Member, cancel) is not { } account)
            return new Refusal("member.unknown");
        if (account.Row.ClosedAt is not null)
            return new Refusal("member.closed");
        var reference = $"adjust:{adjust.Request:N}";
        if (await work.Db.Set<TransferRow>().AnyAsync(t => t.MemberId == adjust.Member && t.Operation == reference, cancel))
            return account.Wallet.Balance;
        account.Settle(work.Now, work.Now);
        var rules = await programmes.CurrentAsync(work.Db, cancel);
        var settings = rules.Programme.Points;
        var posting = new Posting(reference, work.Now, new Cause(Activity: reference, Person: adjust.By.ToString(), Reason: adjust.Reason!.Trim()));
        var outcome = account.Apply(Books.Adjust(account.Wallet, posting, adjust.Points > 0
            ? new(adjust.Points, new LotId(Guid.CreateVersion7()), settings.Expiry.ExpiresAt(work.Now, rules.Zone, settings.Boundary))
            : new(adjust.Points)));
        if (!outcome.Accepted)
            return new Refusal("points.short", "Points", account.Wallet.Spendable(work.Now));
        await work.CommitAsync(cancel);
        return account.Wallet.Balance;
    }

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
