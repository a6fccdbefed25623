using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.Rewarding;
using RewardsEngine.Values;

namespace Portal.Features.Profile;

/// <summary>A profile field that a member has filled once; it is never rewarded again, even when emptied and filled anew.</summary>
public sealed class ProfileCompletionRow
{
    public required MemberId MemberId { get; init; }
    public required string Field { get; init; }
    public required DateTime At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ProfileCompletionRow>
    {
        public void Configure(EntityTypeBuilder<ProfileCompletionRow> row)
        {
            row.ToTable("profile_completions");
            row.HasKey(c => new { c.MemberId, c.Field });
            row.Property(c => c.Field).HasMaxLength(32);
            row.HasOne<MemberRow>().WithMany().HasForeignKey(c => c.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
