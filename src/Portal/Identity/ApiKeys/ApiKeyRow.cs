using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Identity.ApiKeys;

/// <summary>The right of a till or a shop to call the API. Of the secret only its hash is kept.</summary>
public sealed class ApiKeyRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Which till or system has it.</summary>
    public required string Name { get; set; }

    /// <summary>The beginning of the key, shown so that people can tell keys apart; finds the row.</summary>
    public required string Prefix { get; init; }

    /// <summary>SHA-256 of the whole key, hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>Space-separated names from <see cref="ApiPolicies"/>.</summary>
    public required string Scopes { get; set; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>User id of the administrator.</summary>
    public Guid? CreatedBy { get; init; }

    /// <summary>To the minute.</summary>
    public DateTime? LastUsedAt { get; set; }

    public DateTime? RevokedAt { get; set; }
    public Guid? RevokedBy { get; set; }

    public IReadOnlyList<string> ScopeList => Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    internal sealed class Mapping : IEntityTypeConfiguration<ApiKeyRow>
    {
        public void Configure(EntityTypeBuilder<ApiKeyRow> row)
        {
            row.ToTable("api_keys");
            row.HasKey(k => k.Id);
            row.Ignore(k => k.ScopeList);
            row.Property(k => k.Name).HasMaxLength(100);
            row.Property(k => k.Prefix).HasMaxLength(16);
            row.Property(k => k.Hash).HasMaxLength(64);
            row.Property(k => k.Scopes).HasMaxLength(400);
            row.HasIndex(k => k.Prefix).IsUnique();
        }
    }
}
