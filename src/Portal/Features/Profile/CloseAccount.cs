using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Identity;
using Portal.Platform;
using Portal.Platform.Mail;
using Portal.Rewarding;
using Portal.Rewarding.Ledger;
using RewardsEngine.Accounting;
using RewardsEngine.Values;
using Books = RewardsEngine.Accounting.Ledger;

namespace Portal.Features.Profile;

/// <summary>
/// Somebody leaves: what tells who they are is erased in every feature, their points end, the account is gone. The ledger and
/// what it explains stay under a number that leads to nobody.
/// </summary>
public sealed class CloseAccount(Rewards rewards, IEnumerable<IMemberData> data, IPasswordHasher<User> hasher)
{
    public async Task<Result<Done>> HandleAsync(Guid userId, MemberId member, string? password, CancellationToken cancel)
    {
        await using var work = await rewards.BeginAsync(cancel);
        var account = await work.FindAsync(member, cancel) ?? throw new InvalidOperationException("The signed-in member is gone.");
        var user = await work.Db.Users.SingleAsync(u => u.Id == userId, cancel);
        if (user.PasswordHash is null || hasher.VerifyHashedPassword(user, user.PasswordHash, password ?? "") == PasswordVerificationResult.Failed)
            return new Refusal("password.wrong", "Password");
        if (await work.Db.UserRoles.AnyAsync(r => r.UserId == userId, cancel))
            return new Refusal("close.staff");
        account.Settle(work.Now, work.Now);
        if (account.Wallet.Held > 0)
            return new Refusal("close.held");

        EndPoints(account, userId, work.Now);
        await work.Db.SaveChangesAsync(cancel);
        foreach (var part in data)
            await part.EraseAsync(work.Db, member, cancel);
        if (account.Row.Email is { } address) // null when the address was only claimed and belongs to somebody else
            await work.Db.Set<OutboxRow>().Where(m => m.Recipient == address).ExecuteDeleteAsync(cancel);
        MemberErasure.Erase(account.Row);
        account.Row.ClosedAt = work.Now;
        account.Row.Version++;
        await work.Db.SaveChangesAsync(cancel);
        work.Db.Remove(user); // its sign-ins go with it
        await work.CommitAsync(cancel);
        return default(Done);
    }

    private static void EndPoints(MemberAccount account, Guid user, DateTime now)
    {
        var cause = new Cause(Person: user.ToString(), Reason: "account.closed");
        foreach (var lot in account.Wallet.Lots.Where(l => l.Pending > 0).ToList())
            Accept(account.Apply(Books.ReverseAccrual(account.Wallet, new($"closed:{account.Id}:{lot.Id}", now, cause), new(lot.Id, lot.Pending, SpentPointsPolicy.OnlyPending))));
        var rest = account.Wallet.Lots.Sum(l => l.Available);
        if (rest > 0)
            Accept(account.Apply(Books.Adjust(account.Wallet, new($"closed:{account.Id}", now, cause), new(-rest))));
    }

    private static void Accept(LedgerOutcome outcome)
    {
        if (!outcome.Accepted)
            throw new InvalidOperationException($"The ledger refused to end the points of a closed account: {outcome.Refusal}.");
    }
}
