using System.Net;
using Notifications.Messages;

namespace Notifications.Sending;

/// <summary>How the connection to the relay is protected.</summary>
public enum MailSecurity
{
    /// <summary>STARTTLS, required.</summary>
    StartTls,

    /// <summary>TLS from the first byte (port 465).</summary>
    Tls,

    /// <summary>No encryption: for a relay on the same machine or a closed network; never with a password beyond this machine.</summary>
    None,
}

/// <summary>Settings of outgoing mail.</summary>
public sealed class MailOptions
{
    /// <summary>Relay; empty: mail is written to <see cref="Folder"/>.</summary>
    public string Host { get; set; } = "";

    /// <summary>Port; 0 means the usual one: 587 for STARTTLS, 465 for TLS, 25 without encryption.</summary>
    public int Port { get; set; }

    /// <summary>Protection of the connection.</summary>
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>User name at the relay; empty: no sign-in.</summary>
    public string User { get; set; } = "";

    /// <summary>Password at the relay.</summary>
    public string Password { get; set; } = "";

    /// <summary>PEM file with the certificate authorities to trust instead of the machine's, for a relay with a private certificate; empty: the machine's.</summary>
    public string TrustedCertificates { get; set; } = "";

    /// <summary>From address of transactional mail.</summary>
    public string From { get; set; } = "portal@localhost";

    /// <summary>From address of marketing mail; a different one, so that complaints about advertising do not hurt password resets.</summary>
    public string FromMarketing { get; set; } = "offers@localhost";

    /// <summary>Name shown beside the address; empty: the company's name.</summary>
    public string FromName { get; set; } = "";

    /// <summary>Postal address or other legal line at the foot of every mail; may be empty.</summary>
    public string PostalAddress { get; set; } = "";

    /// <summary>Right side of the Message-ID and name given to the relay; empty: the domain of <see cref="From"/>.</summary>
    public string Domain { get; set; } = "";

    /// <summary>Folder for mail when there is no relay.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Seconds to wait for each answer of the relay, 1 to 600.</summary>
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>Mails per second over the relay, 0.01 to 1000.</summary>
    public double PerSecond { get; set; } = 10;

    /// <summary>Mails that may go at once before the rate holds, 1 to 1000.</summary>
    public int Burst { get; set; } = 20;

    /// <summary>Messages taken at a time, 1 to 500.</summary>
    public int BatchSize { get; set; } = 20;

    /// <summary>Seconds a dispatcher holds what it has taken, 120 to 3600.</summary>
    public int LeaseSeconds { get; set; } = 300;

    /// <summary>Most marketing mails for one person within <see cref="MarketingDays"/>, over all rules and campaigns; 0: no marketing at all.</summary>
    public int MarketingCap { get; set; } = 3;

    /// <summary>Length of the rolling window of <see cref="MarketingCap"/>, 1 to 366 days.</summary>
    public int MarketingDays { get; set; } = 7;

    /// <summary>From when no marketing arrives, local time of the recipient.</summary>
    public TimeOnly QuietFrom { get; set; } = new(20, 0);

    /// <summary>Until when no marketing arrives; the same as <see cref="QuietFrom"/>: no quiet hours.</summary>
    public TimeOnly QuietUntil { get; set; } = new(8, 0);

    /// <summary>The port in use.</summary>
    public int EffectivePort => Port != 0 ? Port : Security switch { MailSecurity.Tls => 465, MailSecurity.None => 25, _ => 587 };

    /// <summary>The domain in use.</summary>
    public string EffectiveDomain => Domain.Length > 0 ? Domain : EmailAddress.Parse(From).Domain;

    /// <summary>What is wrong with the settings, one sentence each; empty when they can be used.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        Require(EmailAddress.TryParse(From, out var from), "Mail:From must be an email address.");
        Require(EmailAddress.TryParse(FromMarketing, out var marketing), "Mail:FromMarketing must be an email address.");
        Require(from.Value is null || from != marketing, "Mail:FromMarketing must differ from Mail:From.");
        Require(Port is >= 0 and <= 65535, "Mail:Port must be 0 to 65535.");
        Require(TimeoutSeconds is >= 1 and <= 600, "Mail:TimeoutSeconds must be 1 to 600.");
        Require(PerSecond is >= 0.01 and <= 1000, "Mail:PerSecond must be 0.01 to 1000.");
        Require(Burst is >= 1 and <= 1000, "Mail:Burst must be 1 to 1000.");
        Require(BatchSize is >= 1 and <= 500, "Mail:BatchSize must be 1 to 500.");
        Require(LeaseSeconds is >= 120 and <= 3600, "Mail:LeaseSeconds must be 120 to 3600.");
        Require(MarketingCap is >= 0 and <= 1000, "Mail:MarketingCap must be 0 to 1000.");
        Require(MarketingDays is >= 1 and <= 366, "Mail:MarketingDays must be 1 to 366.");
        Require(Domain.Length == 0 || EmailAddress.TryParse("x@" + Domain, out _), "Mail:Domain must be a domain name.");
        Require(HeaderValue.IsSafe(PostalAddress), "Mail:PostalAddress must be one line of at most 200 characters.");
        Require(HeaderValue.IsSafe(FromName), "Mail:FromName must not hold line breaks.");
        if (Host.Length == 0)
        {
            Require(Folder.Length > 0, "Mail needs Mail:Host (a relay) or Mail:Folder.");
            Require(User.Length == 0 && Password.Length == 0, "Mail:User and Mail:Password need Mail:Host.");
            return problems;
        }
        Require(Uri.CheckHostName(Host) != UriHostNameType.Unknown, "Mail:Host must be a host name or an IP address.");
        Require(from.Value is null || from.Domain != "localhost", "Mail:From must be an address of your own domain when Mail:Host is set.");
        Require(User.Length == 0 == (Password.Length == 0), "Mail:User and Mail:Password belong together.");
        Require(Security != MailSecurity.None || User.Length == 0 || IsThisMachine, "Mail:Security None would send Mail:Password readable over the network.");
        return problems;

        void Require(bool holds, string problem)
        {
            if (!holds) problems.Add(problem);
        }
    }

    /// <summary>Where mail goes, without secrets.</summary>
    public override string ToString() => Host.Length > 0 ? $"{Host}:{EffectivePort} ({Security})" : $"folder {Folder}";

    private bool IsThisMachine => Host == "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));
}
