using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notifications.Messages;

namespace Portal.Rewarding.Messages;

/// <summary>What a rule says to members, as staff wrote it. The text of a rule in force does not change; a copy does.</summary>
public sealed class MessageTextRow
{
    public const int MostSubject = 78;
    public const int MostBody = 4000;

    public required string Key { get; init; }
    public required MailPurpose Purpose { get; set; }

    /// <summary>The product it advertises: who complains about that product is left alone.</summary>
    public string? About { get; set; }

    public required string SubjectId { get; set; }
    public required string SubjectEn { get; set; }
    public required string BodyId { get; set; }
    public required string BodyEn { get; set; }
    public required DateTime UpdatedAt { get; set; }
    public Guid? UpdatedBy { get; set; }

    /// <summary>For people who edit the same text at once.</summary>
    public long Revision { get; set; }

    /// <summary>Everything that is filled in and sent.</summary>
    public IEnumerable<(string Path, string Text)> Parts() => [("subjectId", SubjectId), ("subjectEn", SubjectEn), ("bodyId", BodyId), ("bodyEn", BodyEn)];

    internal sealed class Mapping : IEntityTypeConfiguration<MessageTextRow>
    {
        public void Configure(EntityTypeBuilder<MessageTextRow> row)
        {
            row.ToTable("message_texts");
            row.HasKey(t => t.Key);
            row.Property(t => t.Key).HasMaxLength(64);
            row.Property(t => t.Purpose).HasConversion<string>().HasMaxLength(16);
            row.Property(t => t.About).HasMaxLength(200);
            row.Property(t => t.SubjectId).HasMaxLength(MostSubject);
            row.Property(t => t.SubjectEn).HasMaxLength(MostSubject);
            row.Property(t => t.BodyId).HasMaxLength(MostBody);
            row.Property(t => t.BodyEn).HasMaxLength(MostBody);
            row.Property(t => t.Revision).IsConcurrencyToken();
        }
    }
}
