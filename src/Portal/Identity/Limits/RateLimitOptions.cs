using System.ComponentModel.DataAnnotations;

namespace Portal.Identity.Limits;

/// <summary>Section <c>RateLimits</c>: how often one visitor may try. Counted on each node by itself; the lockout of an account is counted in the database.</summary>
public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Joins from one network address in an hour.</summary>
    [Range(1, 100_000)]
    public int JoinsPerHour { get; set; } = 20;

    /// <summary>Sign-in attempts from one network address in a minute; also the use of links and codes.</summary>
    [Range(1, 100_000)]
    public int SignInsPerMinute { get; set; } = 20;

    /// <summary>Mails that one person (or network address) may ask for in an hour: confirmation again, new password.</summary>
    [Range(1, 100_000)]
    public int MailsPerHour { get; set; } = 10;

    /// <summary>Card codes that one person may try in an hour.</summary>
    [Range(1, 100_000)]
    public int CardLinksPerHour { get; set; } = 5;

    /// <summary>Complaints and messages about them that one person (or network address) may send in an hour.</summary>
    [Range(1, 100_000)]
    public int ComplaintPostsPerHour { get; set; } = 60;

    /// <summary>How often in a minute the half-written texts of one person (or network address) are kept.</summary>
    [Range(1, 100_000)]
    public int DraftsPerMinute { get; set; } = 120;

    /// <summary>Calls of one API key in a minute.</summary>
    [Range(1, 10_000_000)]
    public int ApiCallsPerMinute { get; set; } = 3000;
}
