using Portal.Rewarding;

namespace Tests.Shared;

/// <summary>Builders of ordinary things; a test names only what matters to it.</summary>
public static class A
{
    private static int _count;

    public static MemberRow Member(string? tier = null, string? name = null, DateTime? joinedAt = null)
    {
        var number = Interlocked.Increment(ref _count);
        var joined = joinedAt ?? new DateTime(2026, 1, 5, 3, 0, 0, DateTimeKind.Utc);
        return new()
        {
            CardCode = CardCode.New(),
            Name = name ?? $"Ayu {number}",
            TierKey = tier ?? "",
            JoinedAt = joined,
            ClaimedAt = joined,
        };
    }
}
