using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding;
using RewardsEngine.Values;

namespace Portal.Api;

/// <summary>Finds the member that a till names.</summary>
internal static class MemberLookup
{
    /// <summary>The member's row; null with an error noted in <paramref name="checks"/> when there is none.</summary>
    /// <param name="anyState">Take the row as it is; otherwise go on to the membership it became part of, and refuse a closed one.</param>
    public static async Task<MemberRow?> FindAsync(PortalDb db, MemberReference reference, FieldChecks checks, bool anyState, CancellationToken cancel)
    {
        var given = new object?[] { reference.Card, reference.ExternalNumber, reference.Id }.Count(v => v is not null);
        if (given != 1)
        {
            checks.Add("member", "one_of", "card, externalNumber, id");
            return null;
        }
        var members = db.Set<MemberRow>().AsNoTracking();
        MemberRow? row;
        string field;
        if (reference.Card is not null)
        {
            field = "member.card";
            var code = CardCode.Parse(reference.Card);
            row = code is null ? null : await members.SingleOrDefaultAsync(m => m.CardCode == code, cancel);
        }
        else if (reference.ExternalNumber is { } number)
        {
            field = "member.externalNumber";
            row = await members.SingleOrDefaultAsync(m => m.ExternalNumber == number.Trim(), cancel);
        }
        else
        {
            field = "member.id";
            var id = new MemberId(reference.Id!.Value);
            row = await members.SingleOrDefaultAsync(m => m.Id == id, cancel);
        }
        for (var hops = 0; !anyState && hops < 8 && row?.MergedIntoId is { } into; hops++)
            row = await members.SingleOrDefaultAsync(m => m.Id == into, cancel);
        if (row is null)
            checks.Add(field, "member");
        else if (!anyState && row.ClosedAt is not null)
            checks.Add(field, "closed");
        return checks.Ok ? row : null;
    }
}
