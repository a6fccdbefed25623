using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RewardsEngine.Values;

namespace Portal.Features.Programs.Backtests;

public enum BacktestState
{
    Waiting = 1,
    Running = 2,
    Done = 3,
    Cancelled = 4,
    Failed = 5,
}

/// <summary>A draft replayed over stored purchases: what was asked for, how far it is, what came out.</summary>
public sealed class BacktestRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required RuleId RuleId { get; init; }

    /// <summary>The draft as it stood when it was asked for.</summary>
    public required string Rule { get; init; }

    /// <summary>The rule set in force then: the other side of the comparison.</summary>
    public required long RuleSet { get; init; }

    /// <summary>The newest purchases up to this many.</summary>
    public required int Purchases { get; init; }

    /// <summary>Nothing recorded after it is replayed: the same back-test gives the same report.</summary>
    public required DateTime AsOf { get; init; }

    public required BacktestState State { get; set; }
    public int Done { get; set; }
    public int Total { get; set; }
    public bool CancelWanted { get; set; }

    /// <summary>The node at it; another one takes over when it is past.</summary>
    public DateTime? LeaseUntil { get; set; }

    public Guid? Owner { get; set; }
    public DateTime? StartedAt { get; set; }
    public DateTime? FinishedAt { get; set; }

    /// <summary>The first and the last purchase replayed.</summary>
    public DateTime? From { get; set; }

    public DateTime? To { get; set; }

    /// <summary>The engine's report as JSON.</summary>
    public string? Report { get; set; }

    public required DateTime AskedAt { get; init; }
    public required Guid AskedBy { get; init; }

    public bool IsBusy => State is BacktestState.Waiting or BacktestState.Running;

    internal sealed class Mapping : IEntityTypeConfiguration<BacktestRow>
    {
        public void Configure(EntityTypeBuilder<BacktestRow> row)
        {
            row.ToTable("backtests");
            row.HasKey(b => b.Id);
            row.Ignore(b => b.IsBusy);
            row.HasIndex(b => new { b.RuleId, b.AskedAt });
            row.HasIndex(b => b.State);
        }
    }
}
