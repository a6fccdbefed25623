using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding;
using RewardsEngine.Values;

namespace Portal.Api;

/// <summary>The members that tills name, looked up together.</summary>
internal sealed class MemberLookup
{
    private const int MaxHops = 8;

    private readonly Dictionary<MemberId, MemberRow> byId = [];
    private readonly Dictionary<string, MemberRow> byCard = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MemberRow> byNumber = new(StringComparer.Ordinal);

    /// <summary>Everyone who may be meant: also whom a membership was merged into.</summary>
    public IReadOnlyCollection<MemberId> All => byId.Keys;

    /// <summary>A handful of queries, however many references there are.</summary>
    public static async Task<MemberLookup> LoadAsync(PortalDb db, IEnumerable<MemberReference> references, CancellationToken cancel)
    {
        var lookup = new MemberLookup();
        var named = references.ToList();
        var cards = named.Where(r => r.Card is not null).Select(r => CardCode.Parse(r.Card!)).OfType<string>().Distinct().ToList();
        var numbers = named.Select(r => r.ExternalNumber?.Trim()).OfType<string>().Distinct().ToList();
        var ids = named.Where(r => r.Id is not null).Select(r => new MemberId(r.Id!.Value)).Distinct().ToList();
        var members = db.Set<MemberRow>().AsNoTracking();
        if (cards.Count > 0)
            lookup.Add(await members.Where(m => cards.Contains(m.CardCode)).ToListAsync(cancel));
        if (numbers.Count > 0)
            lookup.Add(await members.Where(m => numbers.Contains(m.ExternalNumber!)).ToListAsync(cancel));
        if (ids.Count > 0)
            lookup.Add(await members.Where(m => ids.Contains(m.Id)).ToListAsync(cancel));
        for (var hops = 0; lookup.Unfollowed() is { Count: > 0 } merged && hops < MaxHops; hops++)
            lookup.Add(await members.Where(m => merged.Contains(m.Id)).ToListAsync(cancel));
        return lookup;
    }

    public static async Task<MemberRow?> FindAsync(PortalDb db, MemberReference reference, FieldChecks checks, bool anyState, CancellationToken cancel) =>
        (await LoadAsync(db, [reference], cancel)).Find(reference, checks, anyState);

    /// <summary>The member's row; null with an error noted in <paramref name="checks"/> when there is none.</summary>
    /// <param name="reference">As the till named it; one of those that were loaded.</param>
    /// <param name="checks">Takes the error.</param>
    /// <param name="anyState">Take the row as it is; otherwise go on to the membership it became part of, and refuse a closed one.</param>
    public MemberRow? Find(MemberReference reference, FieldChecks checks, bool anyState)
    {
        var given = new object?[] { reference.Card, reference.ExternalNumber, reference.Id }.Count(v => v is not null);
        if (given != 1)
        {
            checks.Add("member", "one_of", "card, externalNumber, id");
            return null;
        }
        var (field, row) = reference switch
        {
            { Card: { } card } => ("member.card", CardCode.Parse(card) is { } code ? byCard.GetValueOrDefault(code) : null),
            { ExternalNumber: { } number } => ("member.externalNumber", byNumber.GetValueOrDefault(number.Trim())),
            _ => ("member.id", byId.GetValueOrDefault(new(reference.Id!.Value))),
        };
        for (var hops = 0; !anyState && hops < MaxHops && row?.MergedIntoId is { } into; hops++)
            row = byId.GetValueOrDefault(into);
        if (row is null)
            checks.Add(field, "member");
        else if (!anyState && row.ClosedAt is not null)
            checks.Add(field, "closed");
        return checks.Ok ? row : null;
    }

    private void Add(IEnumerable<MemberRow> rows)
    {
        foreach (var row in rows)
        {
            byId[row.Id] = row;
            byCard[row.CardCode] = row;
            if (row.ExternalNumber is { } number)
                byNumber[number] = row;
        }
    }

    private List<MemberId> Unfollowed() =>
        [.. byId.Values.Select(m => m.MergedIntoId).OfType<MemberId>().Distinct().Where(id => !byId.ContainsKey(id))];
}
