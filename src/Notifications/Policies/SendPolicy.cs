using Notifications.Messages;

namespace Notifications.Policies;

/// <summary>What is known about a recipient at the moment of sending.</summary>
/// <param name="AddressBlocked">The address bounced for good.</param>
/// <param name="MarketingConsent">Confirmed consent for marketing by this channel stands.</param>
/// <param name="MarketingInWindow">Marketing messages over all paths within the cap's rolling window.</param>
/// <param name="ComplaintOpen">A complaint about the advertised product is open.</param>
public sealed record RecipientFacts(bool AddressBlocked, bool MarketingConsent, int MarketingInWindow, bool ComplaintOpen)
{
    /// <summary>Nothing known: transactional mail goes, marketing does not.</summary>
    public static readonly RecipientFacts None = new(false, false, 0, false);
}

/// <summary>What the policies say about one message.</summary>
public abstract record SendVerdict
{
    private SendVerdict()
    {
    }

    /// <summary>Send it now.</summary>
    public sealed record Send : SendVerdict;

    /// <summary>Not now; ask again then.</summary>
    /// <param name="DueAt">UTC.</param>
    public sealed record Defer(DateTime DueAt) : SendVerdict;

    /// <summary>Never send it.</summary>
    /// <param name="Reason">A code: <c>address-blocked</c>, <c>no-consent</c>, <c>frequency-cap</c>, <c>complaint-open</c>.</param>
    public sealed record Suppress(string Reason) : SendVerdict;
}

/// <summary>When to be silent. Checked at the moment of sending, not when the message was written.</summary>
/// <param name="Quiet">Quiet hours for marketing.</param>
/// <param name="MarketingCap">Most marketing messages per person in the rolling window.</param>
public sealed record SendPolicy(QuietHours Quiet, int MarketingCap)
{
    /// <summary>20:00–08:00, at most 3 marketing messages in the window.</summary>
    public static readonly SendPolicy Default = new(QuietHours.Default, 3);

    /// <summary>Decides about a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="facts">What is known about its recipient now.</param>
    /// <param name="now">UTC.</param>
    public SendVerdict Decide(OutboxMessage message, RecipientFacts facts, DateTime now)
    {
        if (facts.AddressBlocked) return new SendVerdict.Suppress("address-blocked");
        if (message.Purpose == MailPurpose.Transactional) return new SendVerdict.Send();
        if (!facts.MarketingConsent) return new SendVerdict.Suppress("no-consent");
        if (facts.ComplaintOpen) return new SendVerdict.Suppress("complaint-open");
        if (facts.MarketingInWindow >= MarketingCap) return new SendVerdict.Suppress("frequency-cap");
        return Quiet.EndsAt(now, TimeZoneInfo.FindSystemTimeZoneById(message.To.Zone)) is { } end
            ? new SendVerdict.Defer(end)
            : new SendVerdict.Send();
    }
}
