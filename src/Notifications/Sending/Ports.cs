using Notifications.Messages;
using Notifications.Policies;
using Notifications.Rendering;

namespace Notifications.Sending;

/// <summary>A message one dispatcher holds.</summary>
/// <param name="Message">The message.</param>
/// <param name="Delivery">Its state after claiming: <see cref="DeliveryState.Claimed"/>.</param>
/// <param name="Abandoned">Taken over from a claim whose lease had ended; it may already have reached the relay.</param>
public sealed record ClaimedMessage(OutboxMessage Message, Delivery Delivery, bool Abandoned);

/// <summary>The stored outbox. The Portal implements it over its database.</summary>
public interface IOutboxStore
{
    /// <summary>
    /// Takes due messages, oldest due first, in one atomic step per row: rows for which <see cref="Delivery.CanClaim"/> holds become
    /// <see cref="Delivery.Claim"/>. Two callers never get the same row: PostgreSQL <c>FOR UPDATE SKIP LOCKED</c>, elsewhere a conditional update.
    /// </summary>
    /// <param name="owner">Fresh token of this claim; rows are settled only while they still carry it.</param>
    /// <param name="now">UTC.</param>
    /// <param name="lease">How long the rows are held.</param>
    /// <param name="max">Most rows to take.</param>
    /// <param name="cancellation">Stops waiting.</param>
    Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(string owner, DateTime now, TimeSpan lease, int max, CancellationToken cancellation);

    /// <summary>Records the next state of a held row where its owner is still the claim's; false when the lease was lost to another claim, and nothing is changed.</summary>
    /// <param name="claim">The held message.</param>
    /// <param name="next">Its next state.</param>
    /// <param name="blockAddress">The relay says the mailbox does not exist: block it and show the person a banner.</param>
    /// <param name="cancellation">Stops waiting.</param>
    Task<bool> SettleAsync(ClaimedMessage claim, Delivery next, bool blockAddress, CancellationToken cancellation);

    /// <summary>
    /// Counts a held marketing message for its recipient's cap before it is sent, in one step with looking whether there is
    /// room: no two callers get the last place. Settling the message ends it; what was sent counts by having been sent.
    /// </summary>
    /// <param name="claim">The held message.</param>
    /// <param name="cap">Most marketing messages in the window, this one included.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>False: what was sent and what others are sending at this moment fill the cap.</returns>
    Task<bool> CountAsync(ClaimedMessage claim, int cap, CancellationToken cancellation);

    /// <summary>What is known about the recipient at this moment.</summary>
    Task<RecipientFacts> FactsAsync(OutboxMessage message, CancellationToken cancellation);
}

/// <summary>The relay's answer to one mail.</summary>
/// <param name="Outcome">What it came to.</param>
/// <param name="Detail">The answer, printable, at most 500 characters.</param>
/// <param name="RelayDown">The relay itself could not be used (no connection, sign-in refused): other mail would fare the same now.</param>
/// <param name="AddressRefused">The mailbox does not exist.</param>
public sealed record SendResult(AttemptOutcome Outcome, string Detail, bool RelayDown = false, bool AddressRefused = false);

/// <summary>Hands mail over. Not for concurrent use by several dispatchers: each has its own.</summary>
public interface IMailTransport : IAsyncDisposable
{
    /// <summary>Hands over one mail. After the handover has begun, cancelling gives <see cref="AttemptOutcome.InDoubt"/>, never an exception.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before anything was handed over.</exception>
    Task<SendResult> SendAsync(WireMail mail, CancellationToken cancellation);

    /// <summary>Ends the connection politely, if there is one; the next mail opens another.</summary>
    Task CloseAsync();
}
