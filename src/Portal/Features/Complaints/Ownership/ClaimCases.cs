using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding;
using RewardsEngine.Values;

namespace Portal.Features.Complaints.Ownership;

/// <summary>
/// Cases that were filed without account under an address that a member has proven. The member takes them over with a button;
/// nothing happens by itself, because anybody may have typed that address.
/// </summary>
internal sealed class ClaimCases(IDbContextFactory<PortalDb> databases, TakeStep steps)
{
    public async Task<IReadOnlyList<CaseLine>> FindAsync(MemberId member, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await ProvenAsync(db, member, cancel) is { } address
            ? await db.Set<CaseRow>().Where(c => c.MemberId == null && c.ContactKey == address).OrderByDescending(c => c.CreatedAt).Take(50)
                .Select(c => new CaseLine(c.Reference, c.Subject, c.State, c.IsOpen, c.CreatedAt, c.UpdatedAt)).ToListAsync(cancel)
            : [];
    }

    /// <returns>How many cases belong to the member now.</returns>
    public async Task<int> HandleAsync(MemberId member, CancellationToken cancel)
    {
        string? address;
        await using (var db = await databases.CreateDbContextAsync(cancel))
            address = await ProvenAsync(db, member, cancel);
        if (address is null)
            return 0;
        var joined = 0;
        foreach (var found in await FindAsync(member, cancel))
        {
            var door = new AddressDoor(member, address, found.Reference);
            if ((await steps.HandleAsync(door, new LinkCase(member.Value.ToString(), LinkProof.ProvenEmail), door.Customer, cancel: cancel)).Succeeded)
                joined++;
        }
        return joined;
    }

    private static Task<string?> ProvenAsync(PortalDb db, MemberId member, CancellationToken cancel) =>
        db.Set<MemberRow>().Where(m => m.Id == member && m.EmailConfirmedAt != null).Select(m => m.Email).SingleOrDefaultAsync(cancel);
}
