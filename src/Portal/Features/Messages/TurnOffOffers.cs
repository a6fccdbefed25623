using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Identity;
using Portal.Platform;
using Portal.Platform.Mail;
using Portal.Rewarding;
using RewardsEngine.Values;

namespace Portal.Features.Messages;

/// <summary>How a link in an advertising mail stands.</summary>
/// <param name="Address">The member's address, so far covered that it tells a stranger nothing.</param>
/// <param name="IsOn">Advertising still comes.</param>
/// <param name="OffSince">UTC; when it was turned off, by whichever way.</param>
/// <param name="Language">The member's language.</param>
public sealed record OfferSubscription(string? Address, bool IsOn, DateTime? OffSince, string Language);

/// <summary>Stops advertising by mail at once, for whoever holds the link of such a mail. Done again, it changes nothing.</summary>
public sealed class TurnOffOffers(IDbContextFactory<PortalDb> databases, UnsubscribeLinks links, TimeProvider time)
{
    /// <returns>False when the link is not ours.</returns>
    public async Task<bool> HandleAsync(string token, ClientDetails client, CancellationToken cancel)
    {
        if (await links.PersonAsync(token, cancel) is not { } person)
            return false;
        var id = new MemberId(person);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await CurrentAsync(db, id, cancel) is not { } row)
            return true; // the member has left: nothing comes any more
        var before = row.Consents?.Split(',') ?? [];
        if (!before.Contains(Consents.Email))
            return true;
        row.Consents = Consents.Join(before.Except([Consents.Email]));
        row.Version++;
        db.Add(Consents.Row(row.Id, Consents.Email, granted: false, "unsubscribe", row.Language, client.Address, time.UtcNow()));
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>Null when the link is not ours.</summary>
    public async Task<OfferSubscription?> FindAsync(string token, CancellationToken cancel)
    {
        if (await links.PersonAsync(token, cancel) is not { } person)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await CurrentAsync(db, new(person), cancel) is not { } row)
            return new(null, false, null, "id-ID");
        var isOn = (row.Consents ?? "").Split(',').Contains(Consents.Email);
        var id = row.Id;
        var last = await db.Set<ConsentRow>().Where(c => c.MemberId == id && c.Purpose == Consents.Email).OrderByDescending(c => c.At).FirstOrDefaultAsync(cancel);
        return new(Covered(row.Email), isOn, isOn ? null : last?.At, row.Language);
    }

    /// <summary>The membership itself, or the one it has become part of.</summary>
    private static async Task<MemberRow?> CurrentAsync(PortalDb db, MemberId id, CancellationToken cancel)
    {
        var row = await db.Set<MemberRow>().SingleOrDefaultAsync(m => m.Id == id, cancel);
        if (row?.MergedIntoId is { } into)
            row = await db.Set<MemberRow>().SingleOrDefaultAsync(m => m.Id == into, cancel);
        return row is { ClosedAt: null } ? row : null;
    }

    private static string? Covered(string? address) => address?.Split('@') is [{ Length: > 0 } name, var domain] ? $"{name[0]}•••@{domain}" : null;
}
