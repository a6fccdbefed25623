using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Rewarding;
using RewardsEngine.Values;

namespace Portal.Features.Complaints;

/// <summary>
/// A case as lists and the queue need it. The truth is the list of its events; state, priority and dates here are a cache
/// that every step writes anew.
/// </summary>
public sealed class CaseRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The number read aloud.</summary>
    public required string Reference { get; init; }

    /// <summary>Id that the form carried: a form sent twice files once.</summary>
    public required Guid RequestId { get; init; }

    public MemberId? MemberId { get; set; }
    public string? ContactName { get; set; }
    public string? ContactEmail { get; set; }
    public string? ContactPhone { get; set; }
    /// <summary><see cref="ContactEmail"/> in lower case, for finding the cases of a proven address.</summary>
    public string? ContactKey { get; set; }

    public required string Language { get; init; }

    /// <summary>SHA-256 of the secret in the link of a case filed without account.</summary>
    public string? LinkHash { get; init; }

    /// <summary>The same secret sealed with the portal's keys: later mails carry the link again.</summary>
    public string? LinkSealed { get; init; }

    public required Channel Channel { get; init; }
    public required string Category { get; init; }

    /// <summary>The beginning of what the customer wrote.</summary>
    public required string Subject { get; set; }

    public Guid? PurchaseId { get; init; }

    public CaseState State { get; set; }
    public Priority Priority { get; set; }
    public bool IsOpen { get; set; }

    /// <summary>Staff user who has it.</summary>
    public Guid? AssigneeId { get; set; }

    /// <summary>The soonest due date of the open clocks; past when one is missed, null when all stand still.</summary>
    public DateTime? NextDueAt { get; set; }

    /// <summary><see cref="NextDueAt"/>, or the end of time when the clocks stand still: the queue is sorted by it, from its index.</summary>
    public DateTime QueueAt { get; set; } = EndOfTime;

    internal static readonly DateTime EndOfTime = new(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>An open clock has run past its date.</summary>
    public bool Breached { get; set; }

    /// <summary>Since when the decision clock stands still.</summary>
    public DateTime? PausedSince { get; set; }

    /// <summary>When time alone brings something next: a breach, an escalation, a reminder.</summary>
    public DateTime? NextCheckAt { get; set; }

    public required DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }
    public DateTime? ClosedAt { get; set; }

    /// <summary>When personal data was taken out.</summary>
    public DateTime? ErasedAt { get; set; }

    /// <summary>Number of events.</summary>
    public int Version { get; set; }

    public int PolicyVersion { get; set; }
    public required string CalendarId { get; set; }
    public int CalendarVersion { get; set; }

    /// <summary>Outcome and cause of the decision that stands, for reports.</summary>
    public Outcome? Outcome { get; set; }

    public string? RootCause { get; set; }

    /// <summary>Key of the team that has it.</summary>
    public string? Team { get; set; }

    /// <summary>Comma-separated marks that routing rules gave.</summary>
    public string? Tags { get; set; }

    /// <summary>How far the open clocks have been escalated: 0 not, 1 whoever has it, 2 the team, 3 the managers.</summary>
    public int Escalation { get; set; }

    /// <summary>When somebody last got it.</summary>
    public DateTime? AssignedAt { get; set; }

    /// <summary>Code of the store, and what was bought, for reports: from the purchase, or as staff set them.</summary>
    public string? Store { get; set; }

    public string? Product { get; set; }

    /// <summary>Reference of the case that this one was merged into.</summary>
    public string? MergedInto { get; set; }

    /// <summary>The same customer complained in the 90 days before.</summary>
    public bool IsRepeat { get; set; }

    /// <summary>The next visit, or the last one when none is to come.</summary>
    public DateTime? VisitAt { get; set; }

    public string? Technician { get; set; }
    public bool VisitReported { get; set; }

    /// <summary>What the clocks measured, for reports.</summary>
    public CaseFigures Figures { get; set; } = new();

    internal sealed class Mapping : IEntityTypeConfiguration<CaseRow>
    {
        public void Configure(EntityTypeBuilder<CaseRow> row)
        {
            row.ToTable("cases");
            row.HasKey(c => c.Id);
            row.Property(c => c.Reference).HasMaxLength(16);
            row.Property(c => c.ContactName).HasMaxLength(200);
            row.Property(c => c.ContactEmail).HasMaxLength(254);
            row.Property(c => c.ContactKey).HasMaxLength(254);
            row.Property(c => c.ContactPhone).HasMaxLength(32);
            row.Property(c => c.Language).HasMaxLength(8);
            row.Property(c => c.LinkHash).HasMaxLength(64);
            row.Property(c => c.LinkSealed).HasMaxLength(500);
            row.Property(c => c.Channel).HasConversion<string>().HasMaxLength(16);
            row.Property(c => c.Category).HasMaxLength(64);
            row.Property(c => c.Subject).HasMaxLength(200);
            row.Property(c => c.State).HasConversion<string>().HasMaxLength(32);
            row.Property(c => c.Priority).HasConversion<string>().HasMaxLength(16);
            row.Property(c => c.CalendarId).HasMaxLength(64);
            row.Property(c => c.Outcome).HasConversion<string>().HasMaxLength(16);
            row.Property(c => c.RootCause).HasMaxLength(64);
            row.HasIndex(c => c.Reference).IsUnique();
            row.HasIndex(c => c.RequestId).IsUnique();
            row.HasIndex(c => c.LinkHash).IsUnique();
            row.HasIndex(c => new { c.MemberId, c.CreatedAt });
            row.Property(c => c.Team).HasMaxLength(64);
            row.Property(c => c.Tags).HasMaxLength(200);
            row.Property(c => c.Store).HasMaxLength(64);
            row.Property(c => c.Product).HasMaxLength(300);
            row.Property(c => c.Technician).HasMaxLength(200);
            row.ComplexProperty(c => c.Figures);
            row.HasIndex(c => c.NextCheckAt);
            // One for each list of the desk, in its order, with only the cases that stand in it: SQLite does not search an index by
            // a plain boolean. The first also holds what the counts above the queue need, the flag itself included.
            row.HasIndex(c => new { c.QueueAt, c.Id, c.AssigneeId, c.CalendarId, c.CalendarVersion, c.IsOpen }).HasFilter("\"IsOpen\"");
            row.HasIndex(c => new { c.AssigneeId, c.QueueAt, c.Id }).HasFilter("\"IsOpen\"");
            row.HasIndex(c => new { c.Team, c.QueueAt, c.Id }).HasFilter("\"IsOpen\"");
            row.HasIndex(c => new { c.UpdatedAt, c.Id }).IsDescending(true, false).HasFilter("NOT \"IsOpen\"");
            row.HasIndex(c => new { c.AssigneeId, c.AssignedAt }); // whose turn is it
            row.HasIndex(c => new { c.VisitReported, c.VisitAt });
            row.HasIndex(c => new { c.ContactEmail, c.CreatedAt });
            row.HasIndex(c => c.PurchaseId);
            row.HasIndex(c => c.ContactKey);
            row.Property(c => c.MergedInto).HasMaxLength(16);
            row.HasIndex(c => c.MergedInto);
            row.HasIndex(c => c.CreatedAt);
            row.HasOne<MemberRow>().WithMany().HasForeignKey(c => c.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>One event of a case's history. Rows are only added.</summary>
public sealed class CaseEventRow
{
    public required Guid CaseId { get; init; }

    /// <summary>1 for the first, without gaps.</summary>
    public required int Sequence { get; init; }

    public required string Type { get; init; }
    public required int Version { get; init; }

    /// <summary>JSON.</summary>
    public required string Payload { get; init; }

    public required DateTime At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<CaseEventRow>
    {
        public void Configure(EntityTypeBuilder<CaseEventRow> row)
        {
            row.ToTable("case_events");
            row.HasKey(e => new { e.CaseId, e.Sequence });
            row.Property(e => e.Sequence).ValueGeneratedNever();
            row.Property(e => e.Type).HasMaxLength(32);
            row.HasOne<CaseRow>().WithMany().HasForeignKey(e => e.CaseId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A file of a case. Kept in the database: every node sees it, and nothing on disk can be run.</summary>
public sealed class CaseAttachmentRow
{
    public required Guid Id { get; init; }
    public required Guid CaseId { get; init; }

    /// <summary>Made harmless when it came in.</summary>
    public required string FileName { get; init; }

    /// <summary>Decided from the content, never from what the sender said.</summary>
    public required string ContentType { get; init; }

    public required int Length { get; init; }
    public required byte[] Content { get; init; }
    public required DateTime CreatedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<CaseAttachmentRow>
    {
        public void Configure(EntityTypeBuilder<CaseAttachmentRow> row)
        {
            row.ToTable("case_attachments");
            row.HasKey(a => a.Id);
            row.Property(a => a.Id).ValueGeneratedNever();
            row.Property(a => a.FileName).HasMaxLength(120);
            row.Property(a => a.ContentType).HasMaxLength(64);
            row.HasOne<CaseRow>().WithMany().HasForeignKey(a => a.CaseId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
