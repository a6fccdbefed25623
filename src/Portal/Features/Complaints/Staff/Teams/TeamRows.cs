using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Features.Complaints.Staff.Teams;

/// <summary>A team of the desk.</summary>
public sealed class TeamRow
{
    /// <summary>Permanent; stands in cases and rules.</summary>
    public required string Key { get; init; }

    public required string Name { get; set; }

    /// <summary>The working calendar of its cases; null: that of the desk.</summary>
    public string? CalendarId { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<TeamRow>
    {
        public void Configure(EntityTypeBuilder<TeamRow> row)
        {
            row.ToTable("desk_teams");
            row.HasKey(t => t.Key);
            row.Property(t => t.Key).HasMaxLength(64);
            row.Property(t => t.Name).HasMaxLength(100);
            row.Property(t => t.CalendarId).HasMaxLength(64);
        }
    }
}

/// <summary>Somebody of staff as the desk knows them: what they can take.</summary>
public sealed class DeskAgentRow
{
    public const int UsualCapacity = 20;

    public required Guid UserId { get; init; }

    /// <summary>Comma-separated keys of the teams.</summary>
    public string Teams { get; set; } = "";

    /// <summary>Comma-separated: id, en.</summary>
    public string Languages { get; set; } = "id,en";

    /// <summary>Comma-separated categories the person knows best.</summary>
    public string Skills { get; set; } = "";

    public bool Senior { get; set; }

    /// <summary>Open cases the person can carry; 0 gets none by rule.</summary>
    public int Capacity { get; set; } = UsualCapacity;

    /// <summary>Away from the first to the last day, both included.</summary>
    public DateOnly? AwayFrom { get; set; }

    public DateOnly? AwayTo { get; set; }

    public IReadOnlyList<string> TeamKeys => Split(Teams);

    public bool IsAway(DateOnly today) => AwayFrom is { } from && from <= today && (AwayTo is not { } to || today <= to);

    public static IReadOnlyList<string> Split(string? list) => (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    internal sealed class Mapping : IEntityTypeConfiguration<DeskAgentRow>
    {
        public void Configure(EntityTypeBuilder<DeskAgentRow> row)
        {
            row.ToTable("desk_agents");
            row.HasKey(a => a.UserId);
            row.Property(a => a.UserId).ValueGeneratedNever();
            row.Property(a => a.Teams).HasMaxLength(1000);
            row.Property(a => a.Languages).HasMaxLength(32);
            row.Property(a => a.Skills).HasMaxLength(300);
            row.Ignore(a => a.TeamKeys);
            row.HasOne<Portal.Identity.User>().WithMany().HasForeignKey(a => a.UserId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
