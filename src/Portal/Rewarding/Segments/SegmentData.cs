using Microsoft.EntityFrameworkCore;
using Portal.Data;
using RewardsEngine.Values;

namespace Portal.Rewarding.Segments;

/// <summary>A member's value and segments: reckoned from other rows, so that they go with the member and come back with the next night.</summary>
internal sealed class SegmentData : IMemberData
{
    public string Name => "value";

    public Task MoveAsync(PortalDb db, MemberId from, MemberId to, CancellationToken cancel) => EraseAsync(db, from, cancel);

    public async Task EraseAsync(PortalDb db, MemberId member, CancellationToken cancel)
    {
        await db.Set<MemberSegmentRow>().Where(s => s.MemberId == member).ExecuteDeleteAsync(cancel);
        await db.Set<MemberValueRow>().Where(v => v.MemberId == member).ExecuteDeleteAsync(cancel);
    }

    public async Task<object> ExportAsync(PortalDb db, MemberId member, CancellationToken cancel) => new
    {
        Sum = await db.Set<MemberValueRow>().AsNoTracking().Where(v => v.MemberId == member)
            .Select(v => new { v.Revenue, v.Goods, v.Rewards, v.Service, v.Value, v.Potential }).SingleOrDefaultAsync(cancel),
        Segments = await db.Set<MemberSegmentRow>().AsNoTracking().Where(s => s.MemberId == member).OrderBy(s => s.Segment).Select(s => new { s.Segment, s.Since }).ToListAsync(cancel),
    };
}
