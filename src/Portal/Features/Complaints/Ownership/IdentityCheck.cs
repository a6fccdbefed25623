using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding;
using Portal.Rewarding.Purchases;
using RewardsEngine.Values;

namespace Portal.Features.Complaints.Ownership;

/// <summary>An account that a case may belong to.</summary>
public sealed record PossibleAccount(MemberId Id, string? Name, string CardCode, string? City);

/// <summary>What only the account's owner is likely to know; null where the account does not say it.</summary>
public sealed record IdentityQuestions(
    PossibleAccount Account, string CardEnding, DateOnly? Birthday, string? Address, DateTime? LastPurchaseAt, long LastPurchaseTotal, string? LastPurchaseCurrency, string? LastPurchaseStore);

/// <summary>
/// Joins a case to an account after staff have checked who the person is. The telephone number is no proof: numbers change
/// hands, and the number a call seems to come from can be chosen.
/// </summary>
internal sealed class IdentityCheck(IDbContextFactory<PortalDb> databases, TakeStep steps)
{
    public static readonly IReadOnlyList<string> Checks = ["card", "birthday", "purchase", "address", "document"];

    /// <summary>By card, customer number or whole email address, at most five. Names and telephone numbers find nothing.</summary>
    public async Task<IReadOnlyList<PossibleAccount>> FindAsync(string? search, CancellationToken cancel)
    {
        if (search?.Trim() is not { Length: > 2 } text)
            return [];
        var (card, email) = (CardCode.Parse(text), text.ToLowerInvariant());
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<MemberRow>().Where(m => m.ClosedAt == null && m.MergedIntoId == null && (m.CardCode == card || m.ExternalNumber == text || m.Email == email))
            .OrderBy(m => m.CardCode).Take(5).Select(m => new PossibleAccount(m.Id, m.Name, m.CardCode, m.City)).ToListAsync(cancel);
    }

    public async Task<IdentityQuestions?> QuestionsAsync(MemberId member, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<MemberRow>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == member && m.ClosedAt == null && m.MergedIntoId == null, cancel) is not { } m)
            return null;
        var last = await db.Set<PurchaseRow>().AsNoTracking().Where(p => p.MemberId == member && p.Kind == PurchaseKind.Sale).OrderByDescending(p => p.OccurredAt)
            .Select(p => new { p.OccurredAt, p.Total, p.Currency, p.Store }).FirstOrDefaultAsync(cancel);
        var address = string.Join(", ", new[] { m.Street, m.PostalCode, m.City }.Where(t => !string.IsNullOrWhiteSpace(t)));
        return new(new(m.Id, m.Name, m.CardCode, m.City), m.CardCode[^4..], m.Birthday, m.Street is null ? null : address,
            last?.OccurredAt, last?.Total ?? 0, last?.Currency, last?.Store);
    }

    /// <param name="answered">Codes of <see cref="Checks"/> that the person answered rightly.</param>
    public Task<Result<CaseState>> JoinAsync(StaffDoor door, MemberId member, IReadOnlyList<string> answered, Actor by, CancellationToken cancel) =>
        steps.HandleAsync(door, new LinkCase(member.Value.ToString(), LinkProof.IdentityChecked, [.. answered.Where(Checks.Contains).Distinct()]), by, cancel: cancel);
}
