using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Features.Administration;

/// <summary>The hash of a code printed on the console; in the database so that every node accepts what any node printed.</summary>
public sealed class SetupCodeRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string CodeHash { get; init; }
    public required DateTime ExpiresAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SetupCodeRow>
    {
        public void Configure(EntityTypeBuilder<SetupCodeRow> row)
        {
            row.ToTable("setup_codes");
            row.Property(c => c.CodeHash).HasMaxLength(64);
            row.HasIndex(c => c.CodeHash);
        }
    }
}
