namespace Portal.Rewarding;

/// <summary>Takes out of a member's row what tells who the person is. The row stays, because the ledger refers to it.</summary>
public static class MemberErasure
{
    public static void Erase(MemberRow member)
    {
        member.UserId = null;
        member.Name = null;
        member.Email = null;
        member.EmailConfirmedAt = null;
        member.Phone = null;
        member.Birthday = null;
        member.Street = null;
        member.City = null;
        member.PostalCode = null;
        member.Interests = null;
        member.Company = null;
        member.CompanyTaxNumber = null;
        member.PreferredChannel = null;
        member.ExternalNumber = null;
        member.Consents = null;
    }
}
