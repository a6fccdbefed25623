using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RewardsEngine.Values;

namespace Portal.Rewarding;

/// <summary>One yes or no to one purpose, with its proof. Rows are only added; the newest of a purpose counts.</summary>
public sealed class ConsentRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required MemberId MemberId { get; init; }

    /// <summary>One of the programme's consents, for example <c>email</c>.</summary>
    public required string Purpose { get; init; }

    public required bool Granted { get; init; }
    public required DateTime At { get; init; }

    /// <summary>Which wording the person saw, and in which language.</summary>
    public required string TextVersion { get; init; }

    public required string Language { get; init; }

    /// <summary>Where: <c>join</c>, <c>profile</c>, <c>unsubscribe</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The network address it came from.</summary>
    public string? Address { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ConsentRow>
    {
        public void Configure(EntityTypeBuilder<ConsentRow> row)
        {
            row.ToTable("consents");
            row.Property(c => c.Purpose).HasMaxLength(32);
            row.Property(c => c.TextVersion).HasMaxLength(32);
            row.Property(c => c.Language).HasMaxLength(8);
            row.Property(c => c.Source).HasMaxLength(32);
            row.Property(c => c.Address).HasMaxLength(64);
            row.HasIndex(c => new { c.MemberId, c.Purpose, c.At });
            row.HasOne<MemberRow>().WithMany().HasForeignKey(c => c.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>What a member agrees to now.</summary>
public static class Consents
{
    public const string Email = "email";
    public const string Phone = "phone";
    public const string Profiling = "profiling";

    /// <summary>What people are asked for, in this order; each by itself.</summary>
    public static readonly IReadOnlyList<string> Asked = [Email, Phone, Profiling];

    /// <summary>Which wording of the questions is shown now. Raise it whenever their text changes.</summary>
    public const string TextVersion = "2026-11";

    /// <summary>As the member's row keeps what is given now.</summary>
    public static string? Join(IEnumerable<string> granted) =>
        string.Join(',', Asked.Intersect(granted)) is { Length: > 0 } keys ? keys : null;

    public static ConsentRow Row(MemberId member, string purpose, bool granted, string source, string language, string? address, DateTime at) => new()
    {
        MemberId = member,
        Purpose = purpose,
        Granted = granted,
        At = at,
        TextVersion = TextVersion,
        Language = language,
        Source = source,
        Address = address,
    };
}
