using Notifications.Messages;
using Portal.Data;

namespace Portal.Platform.Mail;

/// <summary>What a feature knows about a person who would get advertising, asked at the moment of sending.</summary>
public interface IMarketingFacts
{
    /// <param name="db">A context to read from.</param>
    /// <param name="message">A marketing message.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns>Whether the person still wants advertising, and whether a complaint about what is advertised is open.</returns>
    Task<(bool Wanted, bool ComplaintOpen)> OfAsync(PortalDb db, OutboxMessage message, CancellationToken cancel);
}
