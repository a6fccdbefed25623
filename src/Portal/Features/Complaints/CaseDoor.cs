using Complaints.Cases;
using RewardsEngine.Values;

namespace Portal.Features.Complaints;

/// <summary>How somebody reaches a case. A door opens one case or none; who has no door finds nothing.</summary>
public abstract record CaseDoor
{
    internal abstract IQueryable<CaseRow> Of(IQueryable<CaseRow> cases);

    /// <summary>The customer who comes through it.</summary>
    internal virtual Actor Customer => Actor.Customer();
}

/// <summary>A member to a case of their own.</summary>
public sealed record MemberDoor(MemberId Member, string Reference) : CaseDoor
{
    internal override Actor Customer => Actor.Customer(Member.Value.ToString());

    internal override IQueryable<CaseRow> Of(IQueryable<CaseRow> cases)
    {
        var reference = CaseReference.TryParse(Reference, out var read) ? read : "";
        return cases.Where(c => c.Reference == reference && c.MemberId == Member);
    }
}

/// <summary>Somebody without account, by the secret link.</summary>
public sealed record LinkDoor(string Token) : CaseDoor
{
    internal override IQueryable<CaseRow> Of(IQueryable<CaseRow> cases)
    {
        var hash = CaseLinks.Hash(Token);
        return cases.Where(c => c.LinkHash == hash);
    }
}

/// <summary>Somebody with a proven address to a case that was filed with it and belongs to no account yet.</summary>
/// <param name="Member">Who comes.</param>
/// <param name="Address">The proven address, in lower case.</param>
/// <param name="Reference">The case.</param>
internal sealed record AddressDoor(MemberId Member, string Address, string Reference) : CaseDoor
{
    internal override Actor Customer => Actor.Customer(Member.Value.ToString());

    internal override IQueryable<CaseRow> Of(IQueryable<CaseRow> cases) =>
        cases.Where(c => c.Reference == Reference && c.MemberId == null && c.ContactKey == Address);
}

/// <summary>Staff to any case.</summary>
public sealed record StaffDoor(string Reference) : CaseDoor
{
    internal override IQueryable<CaseRow> Of(IQueryable<CaseRow> cases)
    {
        var reference = CaseReference.TryParse(Reference, out var read) ? read : "";
        return cases.Where(c => c.Reference == reference);
    }
}
