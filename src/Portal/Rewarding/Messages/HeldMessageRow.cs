using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Rewarding.Messages;

/// <summary>Why a rule's message was not even written.</summary>
public enum HeldReason
{
    /// <summary>The rule names a text that does not exist any more.</summary>
    TextGone,

    /// <summary>The member has no proven address.</summary>
    NoAddress,

    /// <summary>Advertising that the member has not agreed to.</summary>
    NoConsent,
}

/// <summary>One message that a rule wanted to send and that was not written. Says nothing of who it was for; it is only counted.</summary>
public sealed class HeldMessageRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Key of the text.</summary>
    public required string Text { get; init; }

    public required HeldReason Reason { get; init; }
    public required DateTime At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<HeldMessageRow>
    {
        public void Configure(EntityTypeBuilder<HeldMessageRow> row)
        {
            row.ToTable("held_messages");
            row.HasKey(h => h.Id);
            row.Property(h => h.Text).HasMaxLength(64);
            row.Property(h => h.Reason).HasConversion<string>().HasMaxLength(16);
            row.HasIndex(h => new { h.At, h.Text, h.Reason }); // counted and cleared by time
        }
    }
}
