using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notifications.Messages;

namespace Portal.Features.Messages.Staff;

/// <summary>
/// What a person decided about a mail that was stuck, and when. Inserted once. Names the mail and not its address: that goes
/// with the mail when somebody's data is erased.
/// </summary>
public sealed class MailDecisionRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid MailId { get; init; }

    /// <summary>How it was stuck.</summary>
    public required DeliveryState Was { get; init; }

    public required MailStep Step { get; init; }
    public required DateTime At { get; init; }
    public required Guid By { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<MailDecisionRow>
    {
        public void Configure(EntityTypeBuilder<MailDecisionRow> row)
        {
            row.ToTable("mail_decisions");
            row.Property(d => d.Was).HasConversion<string>().HasMaxLength(16);
            row.Property(d => d.Step).HasConversion<string>().HasMaxLength(16);
            row.HasIndex(d => d.At);
        }
    }
}
