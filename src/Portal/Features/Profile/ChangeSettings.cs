using Microsoft.EntityFrameworkCore;
using Notifications.Messages;
using Portal.Data;
using Portal.Identity;
using Portal.Platform;
using Portal.Rewarding;
using RewardsEngine.Values;

namespace Portal.Features.Profile;

/// <summary>Name, language and consents. Each consent that changes adds a row with its proof; nothing is overwritten.</summary>
public sealed class ChangeSettings(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    public async Task<Result<Done>> HandleAsync(MemberId member, string? name, string language, IReadOnlySet<string> consents, ClientDetails client, CancellationToken cancel)
    {
        name = name?.Trim() ?? "";
        if (name.Length == 0)
            return new Refusal("name.missing", "Name");
        if (name.Length > 100 || !HeaderValue.IsSafe(name))
            return new Refusal("text.unusable", "Name", 100);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Set<MemberRow>().SingleAsync(m => m.Id == member, cancel);
        var user = await db.Users.SingleAsync(u => u.Id == row.UserId, cancel);
        var before = row.Consents?.Split(',') ?? [];
        foreach (var purpose in Consents.Asked.Where(p => before.Contains(p) != consents.Contains(p)))
            db.Add(Consents.Row(member, purpose, consents.Contains(purpose), "profile", language, client.Address, time.UtcNow()));
        row.Consents = Consents.Join(consents);
        row.Name = user.Name = name;
        row.Language = user.Language = language;
        row.Version++;
        await db.SaveChangesAsync(cancel);
        return default(Done);
    }
}
