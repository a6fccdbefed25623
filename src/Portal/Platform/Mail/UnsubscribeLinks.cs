using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notifications.Messages;
using Notifications.Policies;
using Notifications.Rendering;
using Notifications.Sending;
using Notifications.Templates;
using Portal.Data;

namespace Portal.Platform.Mail;

/// <summary>The secret that unsubscribe links are made with. In the database, so that every node reads every link, and for as long as mails lie in inboxes.</summary>
public sealed class MailSecretRow
{
    public required string Name { get; init; }
    public required byte[] Secret { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<MailSecretRow>
    {
        public void Configure(EntityTypeBuilder<MailSecretRow> row)
        {
            row.ToTable("mail_secrets");
            row.HasKey(s => s.Name);
            row.Property(s => s.Name).HasMaxLength(32);
        }
    }
}

/// <summary>Links by which a person stops advertising without signing in.</summary>
public sealed class UnsubscribeLinks(IDbContextFactory<PortalDb> databases, PublicAddress address, MailOptions mail)
{
    /// <summary>The one list: everything that is advertising.</summary>
    public const string Offers = "offers";

    private const string SecretName = "unsubscribe";

    private volatile byte[]? key;

    public async Task<string> TokenAsync(Guid person, CancellationToken cancel) => UnsubscribeToken.Create(await KeyAsync(cancel), person, Offers);

    /// <summary>Whose advertising a link stops; null when the link is not ours.</summary>
    public async Task<Guid?> PersonAsync(string token, CancellationToken cancel) =>
        UnsubscribeToken.TryRead(await KeyAsync(cancel), token, out var person, out var list) && list == Offers ? person : null;

    /// <summary>The headers of a marketing message. <see cref="ReadyAsync"/> first.</summary>
    public ListHeaders HeadersOf(OutboxMessage message)
    {
        var secret = key ?? throw new InvalidOperationException("The secret of the links has not been read yet.");
        return new($"{Offers}.{mail.EffectiveDomain}", address.Of("/unsubscribe/" + UnsubscribeToken.Create(secret, RuleOfferMail.Of(message).Person, Offers)));
    }

    /// <summary>Reads the secret, or makes it when this is the first time; of two nodes that make it at once, one wins.</summary>
    public Task ReadyAsync(CancellationToken cancel) => KeyAsync(cancel);

    private async Task<byte[]> KeyAsync(CancellationToken cancel)
    {
        if (key is { } known)
            return known;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO mail_secrets ("Name", "Secret") VALUES ({SecretName}, {RandomNumberGenerator.GetBytes(32)}) ON CONFLICT ("Name") DO NOTHING""", cancel);
        return key = await db.Set<MailSecretRow>().Where(s => s.Name == SecretName).Select(s => s.Secret).SingleAsync(cancel);
    }
}
