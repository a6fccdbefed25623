using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notifications.Messages;

namespace Portal.Platform.Mail;

/// <summary>One message to one person and how far it has come. Written in the transaction of the change it tells of.</summary>
public sealed class OutboxRow
{
    /// <summary>What an erased model looks like.</summary>
    public const string Erased = "{}";

    public Guid Id { get; init; }
    public string Channel { get; init; } = "";
    public string Template { get; init; } = "";

    /// <summary>Normalized address; with channel, template and event unique.</summary>
    public string Recipient { get; init; } = "";

    public string EventId { get; init; } = "";
    public MailPurpose Purpose { get; init; }
    public string Address { get; init; } = "";
    public string? Name { get; init; }
    public string Language { get; init; } = "";
    public string Zone { get; init; } = "";

    /// <summary>The template's values. Erased when a message with a one-time link is settled.</summary>
    public string Model { get; init; } = "";

    /// <summary>Key of the text that staff wrote, where a rule sent it.</summary>
    public string? Text { get; init; }

    public DateTime CreatedAt { get; init; }
    public DateTime? ExpiresAt { get; init; }

    public DeliveryState State { get; init; }
    public int Attempts { get; init; }
    public DateTime DueAt { get; init; }
    public string? Owner { get; init; }
    public DateTime? LeaseUntil { get; init; }

    /// <summary>The present claim took over one whose lease had ended.</summary>
    public bool Abandoned { get; init; }

    /// <summary>Advertising on its way that already counts for its recipient's cap.</summary>
    public bool Counted { get; init; }

    /// <summary>The relay's last answer or the policy's reason.</summary>
    public string? Detail { get; init; }

    public DateTime? SettledAt { get; init; }

    public OutboxMessage ToMessage() => new(
        new(Id), new(Channel, Template, Recipient, EventId), Purpose,
        new(EmailAddress.Parse(Address), Name, Language, Zone), Model, CreatedAt, ExpiresAt);

    public Delivery ToDelivery() => new(State, Attempts, DueAt, Owner, LeaseUntil, Detail, SettledAt);

    internal sealed class Mapping : IEntityTypeConfiguration<OutboxRow>
    {
        public void Configure(EntityTypeBuilder<OutboxRow> row)
        {
            row.ToTable("outbox");
            row.Property(m => m.Id).ValueGeneratedNever();
            row.Property(m => m.Channel).HasMaxLength(16);
            row.Property(m => m.Template).HasMaxLength(64);
            row.Property(m => m.Recipient).HasMaxLength(254);
            row.Property(m => m.EventId).HasMaxLength(200);
            row.Property(m => m.Purpose).HasConversion<string>().HasMaxLength(16);
            row.Property(m => m.Address).HasMaxLength(254);
            row.Property(m => m.Name).HasMaxLength(200);
            row.Property(m => m.Language).HasMaxLength(8);
            row.Property(m => m.Zone).HasMaxLength(64);
            row.Property(m => m.State).HasConversion<string>().HasMaxLength(16);
            row.Property(m => m.Owner).HasMaxLength(100);
            row.Property(m => m.Text).HasMaxLength(64);
            row.HasIndex(m => new { m.Channel, m.Template, m.Recipient, m.EventId }).IsUnique();
            row.HasIndex(m => new { m.State, m.DueAt });
            row.HasIndex(m => m.Recipient);
            row.HasIndex(m => new { m.Text, m.CreatedAt }).HasFilter("\"Text\" IS NOT NULL");
        }
    }
}

/// <summary>A mailbox that a relay said does not exist. Nothing more is sent there; its owner sees a banner.</summary>
public sealed class BlockedAddressRow
{
    /// <summary>Normalized address.</summary>
    public string Address { get; init; } = "";

    public DateTime BlockedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<BlockedAddressRow>
    {
        public void Configure(EntityTypeBuilder<BlockedAddressRow> row)
        {
            row.ToTable("blocked_addresses");
            row.HasKey(b => b.Address);
            row.Property(b => b.Address).HasMaxLength(254);
        }
    }
}
