using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Features.Complaints.Staff.Routing;

/// <summary>A routing rule as it is stored. The first in order whose condition holds decides.</summary>
public sealed class RoutingRuleRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set; }

    /// <summary>1 for the first.</summary>
    public required int Position { get; set; }

    /// <summary>In the rewards' expression language; empty: always.</summary>
    public required string Condition { get; set; }

    public required string Team { get; set; }

    /// <summary>One person instead of whoever has room.</summary>
    public Guid? AssigneeId { get; set; }

    public bool SeniorOnly { get; set; }

    /// <summary>Until the case is assessed; null leaves normal.</summary>
    public Priority? Priority { get; set; }

    /// <summary>Comma-separated.</summary>
    public string Tags { get; set; } = "";

    public bool IsPaused { get; set; }

    /// <summary>How many cases it has routed.</summary>
    public long Uses { get; set; }

    public long Revision { get; set; }
    public DateTime UpdatedAt { get; set; }
    public Guid? UpdatedBy { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RoutingRuleRow>
    {
        public void Configure(EntityTypeBuilder<RoutingRuleRow> row)
        {
            row.ToTable("routing_rules");
            row.Property(r => r.Name).HasMaxLength(100);
            row.Property(r => r.Team).HasMaxLength(64);
            row.Property(r => r.Priority).HasConversion<string>().HasMaxLength(16);
            row.Property(r => r.Tags).HasMaxLength(200);
            row.Property(r => r.Revision).IsConcurrencyToken();
        }
    }
}
