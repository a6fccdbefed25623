using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding;
using RewardsEngine.Values;

namespace Portal.Features.Profile;

/// <summary>The profile itself: the member's row, consents with their proof, what was completed.</summary>
internal sealed class ProfileData : IMemberData
{
    public string Name => "profile";

    public async Task MoveAsync(PortalDb db, MemberId from, MemberId to, CancellationToken cancel)
    {
        await db.Set<ConsentRow>().Where(c => c.MemberId == from).ExecuteUpdateAsync(s => s.SetProperty(c => c.MemberId, to), cancel);
        var done = db.Set<ProfileCompletionRow>().Where(c => c.MemberId == to).Select(c => c.Field);
        await db.Set<ProfileCompletionRow>().Where(c => c.MemberId == from && done.Contains(c.Field)).ExecuteDeleteAsync(cancel);
        await db.Set<ProfileCompletionRow>().Where(c => c.MemberId == from).ExecuteUpdateAsync(s => s.SetProperty(c => c.MemberId, to), cancel);
    }

    /// <summary>Consents keep what was agreed to and when, as proof; where it came from is personal.</summary>
    public Task EraseAsync(PortalDb db, MemberId member, CancellationToken cancel) =>
        db.Set<ConsentRow>().Where(c => c.MemberId == member).ExecuteUpdateAsync(s => s.SetProperty(c => c.Address, (string?)null), cancel);

    public async Task<object> ExportAsync(PortalDb db, MemberId member, CancellationToken cancel)
    {
        var m = await db.Set<MemberRow>().AsNoTracking().SingleAsync(r => r.Id == member, cancel);
        return new
        {
            m.CardCode,
            m.ExternalNumber,
            m.Name,
            m.Email,
            m.EmailConfirmedAt,
            m.Phone,
            m.Language,
            m.Birthday,
            m.Street,
            m.City,
            m.PostalCode,
            Interests = m.Interests?.Split(','),
            m.Company,
            m.CompanyTaxNumber,
            m.PreferredChannel,
            m.JoinedAt,
            Tier = m.TierKey,
            Consents = await db.Set<ConsentRow>().AsNoTracking().Where(c => c.MemberId == member).OrderBy(c => c.At)
                .Select(c => new { c.Purpose, c.Granted, c.At, c.TextVersion, c.Language, c.Source, c.Address }).ToListAsync(cancel),
        };
    }
}
