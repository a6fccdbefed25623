using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding;
using RewardsEngine.Values;

namespace Portal.Features.Profile;

/// <summary>One field as its owner sees it: given or not, and what giving it brings.</summary>
public sealed record ProfileFieldView(string Field, bool Given, Benefits? Benefit);

/// <summary>A member's own profile.</summary>
/// <param name="OffersOffSince">UTC; offers by mail were turned off by the link in a mail, and are off still.</param>
public sealed record ProfileView(string Name, string Email, bool EmailConfirmed, string Language, string CardCode, IReadOnlyList<string> Consents, ProfileValues Values, IReadOnlyList<ProfileFieldView> Fields, DateTime? OffersOffSince);

/// <summary>Reads a member's own profile.</summary>
public sealed class ShowProfile(IDbContextFactory<PortalDb> databases, BenefitPreview preview)
{
    public async Task<ProfileView> HandleAsync(MemberId member, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Set<MemberRow>().AsNoTracking().SingleAsync(m => m.Id == member, cancel);
        var user = await db.Users.AsNoTracking().Where(u => u.Id == row.UserId).Select(u => new { u.Name, u.Email, u.EmailConfirmed }).SingleAsync(cancel);
        var paid = await db.Set<ProfileCompletionRow>().Where(c => c.MemberId == member).Select(c => c.Field).ToListAsync(cancel);
        var benefits = await preview.ForFieldsAsync(member, ProfileFields.All.Except(paid), cancel);
        var last = await db.Set<ConsentRow>().AsNoTracking().Where(c => c.MemberId == member && c.Purpose == Consents.Email).OrderByDescending(c => c.At).FirstOrDefaultAsync(cancel);
        return new(
            row.Name ?? user.Name, user.Email ?? "", user.EmailConfirmed, row.Language, row.CardCode, row.Consents?.Split(',') ?? [], ProfileFields.Read(row),
            [.. ProfileFields.All.Select(f => new ProfileFieldView(f, ProfileFields.IsGiven(row, f), benefits.GetValueOrDefault(f)))],
            last is { Granted: false, Source: "unsubscribe" } ? last.At : null);
    }
}
