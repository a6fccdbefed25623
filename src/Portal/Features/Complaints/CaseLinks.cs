using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Platform;

namespace Portal.Features.Complaints;

/// <summary>Secret links that open one case for somebody without account. The database holds the secret's hash for finding, and the sealed secret for later mails.</summary>
internal sealed class CaseLinks(IDataProtectionProvider protection, PublicAddress address)
{
    private readonly IDataProtector seal = protection.CreateProtector("Portal.Complaints.CaseLinks");

    public (string Token, string Hash, string Sealed) New()
    {
        var token = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(18));
        return (token, Hash(token), seal.Protect(token));
    }

    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public string Open(string sealedToken) => seal.Unprotect(sealedToken);

    /// <summary>The address of a case for its customer: the account's page, or the secret link.</summary>
    public string Url(CaseRow row) => address.Of(row.MemberId is not null || row.LinkSealed is null ? $"/complaints/{row.Reference}" : $"/case/{Open(row.LinkSealed)}");
}
