using System.Text.Json;

namespace Notifications.Messages;

/// <summary>One row of the outbox. Made by the shell with <c>Guid.CreateVersion7</c>; also the source of the mail's Message-ID.</summary>
/// <param name="Value">The stored value.</param>
public readonly record struct OutboxId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("N");
}

/// <summary>Why a mail is sent, which decides whether consent is needed and what happens when its fate is uncertain.</summary>
public enum MailPurpose
{
    /// <summary>The recipient's own business (a confirmation, a complaint answer). Needs no marketing consent; sent again on doubt.</summary>
    Transactional,

    /// <summary>Advertising. Needs consent, may be unsubscribed, never sent twice on doubt.</summary>
    Marketing,
}

/// <summary>Who gets a mail and how they read it.</summary>
public sealed record Recipient
{
    /// <summary>Creates a recipient.</summary>
    /// <param name="address">The mailbox.</param>
    /// <param name="name">The person's name, or null when unknown. No line breaks or control characters, at most 200 characters.</param>
    /// <param name="language"><c>id</c> or <c>en</c> (a culture name such as <c>id-ID</c> is accepted).</param>
    /// <param name="zone">IANA time zone in which dates are written, for example <c>Asia/Jakarta</c>.</param>
    /// <exception cref="ArgumentException">A value would be unsafe or unreadable in a mail.</exception>
    public Recipient(EmailAddress address, string? name, string language, string zone)
    {
        if (address.Value is null) throw new ArgumentException("A recipient needs an address.", nameof(address));
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) throw new ArgumentException($"'{zone}' is not a known time zone.", nameof(zone));
        Address = address;
        Name = string.IsNullOrWhiteSpace(name) ? null : HeaderValue.Require(name.Trim(), "The recipient's name");
        Language = Languages.Normalize(language);
        Zone = zone;
    }

    /// <summary>The mailbox.</summary>
    public EmailAddress Address { get; }

    /// <summary>The person's name, or null when unknown.</summary>
    public string? Name { get; }

    /// <summary><c>id</c> or <c>en</c>.</summary>
    public string Language { get; }

    /// <summary>IANA time zone in which dates are written.</summary>
    public string Zone { get; }
}

/// <summary>The identity of a message: the same business event never tells the same person the same thing twice.</summary>
/// <param name="Channel">How it travels; <c>email</c> today.</param>
/// <param name="Template">Key of the template.</param>
/// <param name="Recipient">Normalized address.</param>
/// <param name="EventId">Id of the business event, for example the purchase's reference.</param>
public sealed record MessageKey(string Channel, string Template, string Recipient, string EventId);

/// <summary>What is to be said to whom, written in the same transaction as the business change it tells of.</summary>
/// <param name="Id">Id of the row.</param>
/// <param name="Key">Unique identity.</param>
/// <param name="Purpose">Transactional or marketing.</param>
/// <param name="To">The recipient.</param>
/// <param name="ModelJson">The values the template needs, as a JSON object.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="ExpiresAt">UTC; after this the mail would be pointless (a one-time link dies with its code). Null: never.</param>
public sealed record OutboxMessage(OutboxId Id, MessageKey Key, MailPurpose Purpose, Recipient To, string ModelJson, DateTime CreatedAt, DateTime? ExpiresAt)
{
    /// <summary>The name of the mail channel.</summary>
    public const string EmailChannel = "email";

    /// <summary>A mail made from a typed model.</summary>
    /// <param name="id">Id of the new row.</param>
    /// <param name="model">The values; its type names the template and purpose.</param>
    /// <param name="to">The recipient.</param>
    /// <param name="eventId">Id of the business event, 1 to 200 characters.</param>
    /// <param name="createdAt">UTC now.</param>
    /// <param name="expiresAt">UTC moment after which sending is pointless, or null.</param>
    public static OutboxMessage Email<T>(OutboxId id, T model, Recipient to, string eventId, DateTime createdAt, DateTime? expiresAt = null)
        where T : IMailModel
    {
        if (eventId.Length is 0 or > 200) throw new ArgumentException("The business event id needs 1 to 200 characters.", nameof(eventId));
        var key = new MessageKey(EmailChannel, T.Template, to.Address.Normalized, eventId);
        return new(id, key, T.Purpose, to, JsonSerializer.Serialize(model, MailJson.Options), createdAt, expiresAt);
    }
}

/// <summary>The typed values of one template. Implemented by a record per template, so that a misspelt value does not compile.</summary>
public interface IMailModel
{
    /// <summary>Key of the template that shows these values.</summary>
    static abstract string Template { get; }

    /// <summary>Why it is sent; transactional unless the model says otherwise.</summary>
    static virtual MailPurpose Purpose => MailPurpose.Transactional;
}

/// <summary>How models are stored: camel case, nothing left out.</summary>
public static class MailJson
{
    /// <summary>The one set of options for writing models.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
}

/// <summary>The languages mail is written in.</summary>
public static class Languages
{
    /// <summary>Indonesian.</summary>
    public const string Indonesian = "id";

    /// <summary>English.</summary>
    public const string English = "en";

    /// <summary>Every language a template must exist in.</summary>
    public static readonly IReadOnlyList<string> All = [Indonesian, English];

    /// <summary>The language of a culture name: <c>id</c> for <c>id-ID</c>, <c>en</c> for everything that is not Indonesian.</summary>
    public static string Normalize(string language) =>
        language.Equals(Indonesian, StringComparison.OrdinalIgnoreCase) || language.StartsWith("id-", StringComparison.OrdinalIgnoreCase) ? Indonesian : English;
}
