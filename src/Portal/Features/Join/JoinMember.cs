using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Notifications.Messages;
using Portal.Identity;
using Portal.Identity.Accounts;
using Portal.Platform;
using Portal.Rewarding;
using RewardsEngine.Activities;

namespace Portal.Features.Join;

/// <param name="Consents">What was ticked, out of <see cref="Rewarding.Consents.Asked"/>.</param>
public sealed record JoinRequest(string? Name, string? Email, string? Password, string Language, IReadOnlySet<string> Consents, ClientDetails Client);

/// <summary>
/// Somebody becomes a member: account, membership, consents, what the rules give for joining, and the confirmation mail, in one
/// transaction. The answer is the same when the address already has an account: the person gets an account that can never prove
/// the address, and its owner gets a mail. So nobody learns who is a member, and nobody can take an address by being first.
/// </summary>
public sealed class JoinMember(Rewards rewarding, NewAccount accounts, SignInManager<User> signIn, ConfirmationMail confirmation)
{
    private const int MostClaimsADay = 5;

    public async Task<Result<User>> HandleAsync(JoinRequest request, CancellationToken cancel)
    {
        if (Check(request) is { Count: > 0 } refusals)
            return Result<User>.Refused(refusals);
        var name = request.Name!.Trim();
        var email = EmailAddress.Parse(request.Email!.Trim()).Value;

        await using var work = await rewarding.BeginAsync(cancel);
        var user = accounts.Create(name, email, request.Language, request.Password!, emailProven: false);
        var known = await work.Db.Users.Where(u => u.NormalizedEmail == user.NormalizedEmail)
            .Select(u => new { u.EmailConfirmed, u.CreatedAt, u.Language, u.Name }).ToListAsync(cancel);
        if (known.Count(k => !k.EmailConfirmed && k.CreatedAt > work.Now.AddDays(-1)) >= MostClaimsADay)
            return new Refusal("join.later");
        var owner = known.Find(k => k.EmailConfirmed);

        var member = new MemberRow
        {
            CardCode = CardCode.New(),
            UserId = user.Id,
            Name = name,
            Email = owner is null ? email.ToLowerInvariant() : null, // mail about this membership must not reach somebody else
            Language = request.Language,
            Consents = Consents.Join(request.Consents),
            JoinedAt = work.Now,
            ClaimedAt = work.Now,
        };
        work.Db.Add(user);
        var account = work.Add(member);
        foreach (var purpose in Consents.Asked)
            work.Db.Add(Consents.Row(member.Id, purpose, request.Consents.Contains(purpose), "join", request.Language, request.Client.Address, work.Now));
        await work.Db.SaveChangesAsync(cancel);
        await rewarding.DecideAsync(work, account, new Registered { Reference = $"registered:{member.Id}", Member = member.Id, OccurredAt = work.Now, Channel = "web" }, cancel);

        if (owner is null)
            await confirmation.WriteAsync(work.Db, user, cancel);
        else
            await confirmation.WriteToOwnerAsync(work.Db, email, owner.Name, owner.Language, cancel);
        await work.CommitAsync(cancel);

        await signIn.SignInAsync(user, isPersistent: false);
        return user;
    }

    private static List<Refusal> Check(JoinRequest request)
    {
        var refusals = new List<Refusal>();
        var name = request.Name?.Trim() ?? "";
        if (name.Length == 0)
            refusals.Add(new("name.missing", nameof(request.Name)));
        else if (name.Length > 100 || !HeaderValue.IsSafe(name))
            refusals.Add(new("name.unusable", nameof(request.Name)));
        if (!EmailAddress.TryParse(request.Email?.Trim(), out _))
            refusals.Add(new("email.invalid", nameof(request.Email)));
        if (PasswordRules.Check(request.Password, nameof(request.Password), request.Email, name) is { } refusal)
            refusals.Add(refusal);
        return refusals;
    }
}
