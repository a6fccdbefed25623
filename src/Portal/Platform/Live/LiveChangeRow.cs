using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Platform.Live;

/// <summary>Something changed, on SQLite: read by polling, because that database cannot call. PostgreSQL calls and leaves this table empty.</summary>
public sealed class LiveChangeRow
{
    public long Id { get; init; }
    public required string Topic { get; init; }
    public required DateTime At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<LiveChangeRow>
    {
        public void Configure(EntityTypeBuilder<LiveChangeRow> row)
        {
            row.ToTable("live_changes");
            row.HasKey(c => c.Id);
            row.Property(c => c.Topic).HasMaxLength(80);
            row.HasIndex(c => c.At);
        }
    }
}
