using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Identity;
using RewardsEngine.Values;

namespace Portal.Rewarding;

/// <summary>A member of the programme: joined through the portal, known from a till, or imported (then without a user).</summary>
public sealed class MemberRow
{
    public MemberId Id { get; init; } = new(Guid.CreateVersion7());

    /// <summary>Printed on the card and in the QR code; 12 characters that can be read aloud.</summary>
    public required string CardCode { get; set; }

    /// <summary>The number of this customer in the shop's own system, when it was imported or sent by a till.</summary>
    public string? ExternalNumber { get; set; }

    public Guid? UserId { get; set; }
    public string? Name { get; set; }

    /// <summary>Lower case. Proven only when <see cref="EmailConfirmedAt"/> is set.</summary>
    public string? Email { get; set; }

    public DateTime? EmailConfirmedAt { get; set; }
    public string? Phone { get; set; }
    public string Language { get; set; } = "id-ID";

    public DateOnly? Birthday
    {
        get;
        set => (field, BirthdayInYear) = (value, value is { } day ? InYear(day.Month, day.Day) : null);
    }

    /// <summary>The birthday without its year, to find by it who has it today; always that of <see cref="Birthday"/>.</summary>
    public int? BirthdayInYear { get; private set; }

    public string? Street { get; set; }
    public string? City { get; set; }
    public string? PostalCode { get; set; }

    /// <summary>Comma-separated keys of the configured interests.</summary>
    public string? Interests { get; set; }

    public string? Company { get; set; }
    public string? CompanyTaxNumber { get; set; }
    public string? PreferredChannel { get; set; }
    public DateTime JoinedAt { get; set; }

    /// <summary>Set for people who joined or claimed the membership; imported members have not agreed to anything yet.</summary>
    public DateTime? ClaimedAt { get; set; }

    /// <summary>The person closed the account; personal data is erased, the ledger stays.</summary>
    public DateTime? ClosedAt { get; set; }

    /// <summary>The membership that this one was merged into.</summary>
    public MemberId? MergedIntoId { get; set; }

    /// <summary>Comma-separated keys of the consents given now; the proof stands in the consent history.</summary>
    public string? Consents { get; set; }

    /// <summary>The tier now; empty before the first review.</summary>
    public string TierKey { get; set; } = "";

    /// <summary>The engine's tier standing (from, through, what was before) as JSON.</summary>
    public string? TierStanding { get; set; }

    /// <summary>The day on which the tier changes or may end by itself; the daily close looks only at these.</summary>
    public DateOnly? TierReviewOn { get; set; }

    /// <summary>Rises with every change that a decision may depend on.</summary>
    public long Version { get; set; }

    /// <summary>17 September is 917.</summary>
    public static int InYear(int month, int day) => (100 * month) + day;

    internal sealed class Mapping : IEntityTypeConfiguration<MemberRow>
    {
        public void Configure(EntityTypeBuilder<MemberRow> row)
        {
            row.ToTable("members");
            row.HasKey(m => m.Id);
            row.Property(m => m.CardCode).HasMaxLength(16);
            row.Property(m => m.ExternalNumber).HasMaxLength(64);
            row.Property(m => m.Name).HasMaxLength(200);
            row.Property(m => m.Email).HasMaxLength(254);
            row.Property(m => m.Phone).HasMaxLength(32);
            row.Property(m => m.Language).HasMaxLength(8);
            row.Property(m => m.TierKey).HasMaxLength(32);
            row.HasIndex(m => m.CardCode).IsUnique();
            row.HasIndex(m => m.ExternalNumber).IsUnique();
            row.HasIndex(m => m.UserId).IsUnique();
            row.HasIndex(m => m.Email);
            row.HasIndex(m => m.JoinedAt);
            row.HasIndex(m => m.Name);
            row.HasIndex(m => m.TierReviewOn);
            row.HasIndex(m => m.BirthdayInYear).HasFilter("\"BirthdayInYear\" IS NOT NULL");
            row.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.SetNull);
        }
    }
}
