using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Notifications.Messages;
using Portal.Data;

namespace Portal.Platform.Mail;

/// <summary>Where every feature puts its mail: into the transaction of the change it tells of, so that both happen or neither.</summary>
public sealed class Outbox(IOptions<PortalOptions> portal, TimeProvider time)
{
    /// <summary>A recipient in the programme's time zone; null when there is no usable address. A name that cannot stand in a header is left out.</summary>
    /// <param name="address">The mailbox.</param>
    /// <param name="name">The person's name, if known.</param>
    /// <param name="language">Culture name such as <c>id-ID</c>.</param>
    public Recipient? To(string? address, string? name, string language) => EmailAddress.TryParse(address, out var parsed)
        ? new(parsed, name is not null && HeaderValue.IsSafe(name) ? name : null, language, portal.Value.TimeZone)
        : null;

    /// <summary>Writes a mail within the open transaction of <paramref name="db"/>. The same event told twice is told once.</summary>
    /// <param name="db">The context that carries the change.</param>
    /// <param name="to">The recipient.</param>
    /// <param name="model">The mail's values.</param>
    /// <param name="eventId">Id of what happened, for example the purchase's reference.</param>
    /// <param name="expiresAt">UTC end of a one-time link; afterwards the mail is not sent any more and its values are erased.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">No transaction is open.</exception>
    public async Task AddAsync<T>(PortalDb db, Recipient to, T model, string eventId, DateTime? expiresAt = null, CancellationToken cancel = default)
        where T : IMailModel =>
        await AddAsync(db, OutboxMessage.Email(new(Guid.CreateVersion7()), model, to, eventId, time.UtcNow(), expiresAt), to, null, cancel);

    /// <summary>Writes a mail that says a text of staff's, as <see cref="AddAsync{T}"/> does; it is counted for that text.</summary>
    /// <param name="db">The context that carries the change.</param>
    /// <param name="to">The recipient.</param>
    /// <param name="model">The mail's values.</param>
    /// <param name="eventId">Id of what happened.</param>
    /// <param name="text">Key of the text.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">No transaction is open.</exception>
    public Task AddTextAsync<T>(PortalDb db, Recipient to, T model, string eventId, string text, CancellationToken cancel)
        where T : IMailModel =>
        AddAsync(db, OutboxMessage.Email(new(Guid.CreateVersion7()), model, to, eventId, time.UtcNow(), null), to, text, cancel);

    private static async Task AddAsync(PortalDb db, OutboxMessage m, Recipient to, string? text, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null)
            throw new InvalidOperationException("Mail is written in the transaction of the change it tells of: open one first.");
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO outbox ("Id", "Channel", "Template", "Recipient", "EventId", "Purpose", "Address", "Name", "Language", "Zone", "Model", "Text",
                                "CreatedAt", "ExpiresAt", "State", "Attempts", "DueAt", "Abandoned", "Counted")
            VALUES ({m.Id.Value}, {m.Key.Channel}, {m.Key.Template}, {m.Key.Recipient}, {m.Key.EventId}, {m.Purpose.ToString()}, {to.Address.Value}, {to.Name}, {to.Language}, {to.Zone}, {m.ModelJson}, {text},
                    {m.CreatedAt}, {m.ExpiresAt}, {nameof(DeliveryState.Pending)}, {0}, {m.CreatedAt}, {false}, {false})
            ON CONFLICT ("Channel", "Template", "Recipient", "EventId") DO NOTHING
            """, cancel);
    }

    /// <summary>Withdraws what waits, for example the reminders of a closed account. What is being sent at this moment stays.</summary>
    /// <returns>How many were withdrawn.</returns>
    public Task<int> CancelAsync(PortalDb db, string eventId, string reason, CancellationToken cancel = default)
    {
        var now = time.UtcNow();
        return db.Set<OutboxRow>()
            .Where(m => m.EventId == eventId && (m.State == DeliveryState.Pending || m.State == DeliveryState.SoftBounce))
            .ExecuteUpdateAsync(s => s
                .SetProperty(m => m.State, DeliveryState.Cancelled)
                .SetProperty(m => m.Detail, reason)
                .SetProperty(m => m.SettledAt, now), cancel);
    }
}
