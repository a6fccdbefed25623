using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding;
using Portal.Rewarding.Ledger;
using RewardsEngine.Values;

namespace Portal.Features.Members;

/// <summary>One line of the list.</summary>
public sealed record FoundMember(MemberId Id, string? Name, string? Email, string CardCode, string Tier, long Balance, DateTime JoinedAt, bool Closed);

public sealed record FoundMembers(IReadOnlyList<FoundMember> Members, long Total);

/// <summary>Finds members by card, number, name, email or phone.</summary>
public sealed class MemberSearch(IDbContextFactory<PortalDb> databases)
{
    public const int PageSize = 25;

    public async Task<FoundMembers> ListAsync(string? search, int page, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var members = Matching(db.Set<MemberRow>().AsNoTracking().Where(m => m.MergedIntoId == null), search?.Trim());
        var total = await members.LongCountAsync(cancel);
        var rows = await (
            from m in members.OrderByDescending(m => m.JoinedAt).ThenBy(m => m.CardCode).Skip((Math.Max(page, 1) - 1) * PageSize).Take(PageSize)
            join w in db.Set<WalletRow>() on m.Id equals w.MemberId
            orderby m.JoinedAt descending, m.CardCode
            select new FoundMember(m.Id, m.Name, m.Email, m.CardCode, m.TierKey, w.Available - w.Debt, m.JoinedAt, m.ClosedAt != null)).ToListAsync(cancel);
        return new(rows, total);
    }

    private static IQueryable<MemberRow> Matching(IQueryable<MemberRow> members, string? search)
    {
        if (string.IsNullOrEmpty(search))
            return members;
        if (CardCode.Parse(search) is { } card)
            return members.Where(m => m.CardCode == card || m.ExternalNumber == search);
        var lower = search.ToLowerInvariant();
        var digits = string.Concat(search.Where(char.IsAsciiDigit));
        return members.Where(m => m.ExternalNumber == search
            || (m.Email != null && m.Email.StartsWith(lower))
            || (m.Name != null && m.Name.ToLower().Contains(lower))
            || (digits.Length >= 6 && m.Phone != null && m.Phone.Replace(" ", "").Replace("-", "").EndsWith(digits)));
    }
}
