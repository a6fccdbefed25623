using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RewardsEngine.Values;

namespace Portal.Features.Programs.Rules;

/// <summary>What was done with a rule.</summary>
public enum RuleChange
{
    Created,
    Edited,
    Published,
    Paused,
    Resumed,
    Ended,
    Submitted,
    Approved,
    SentBack,

    /// <summary>An earlier version was taken as the draft; its number is in the note.</summary>
    TakenAgain,
}

/// <summary>Who did what with a rule and when. Inserted once.</summary>
public sealed class RuleChangeRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required RuleId RuleId { get; init; }
    public required int Version { get; init; }
    public required RuleChange Change { get; init; }
    public required DateTime At { get; init; }
    public Guid? By { get; init; }

    /// <summary>What the second person said when sending it back; the number of the version taken again.</summary>
    public string? Note { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<RuleChangeRow>
    {
        public void Configure(EntityTypeBuilder<RuleChangeRow> row)
        {
            row.ToTable("rule_changes");
            row.Property(r => r.Note).HasMaxLength(ReviewRules.MostNote);
            row.HasIndex(r => new { r.RuleId, r.At });
        }
    }
}
