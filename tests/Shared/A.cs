using Portal.Rewarding;
using RewardsEngine.Activities;
using RewardsEngine.Values;

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

    /// <summary>One sale of one thing, in rupiah unless the member's programme says otherwise.</summary>
    public static Purchase Purchase(
        MemberId? member, decimal amount = 50_000m, DateTime? at = null, string? reference = null, string currency = "IDR", params PurchaseLine[] lines) => new()
        {
            Reference = reference ?? $"sale-{Guid.NewGuid():N}",
            Member = member,
            OccurredAt = at ?? new DateTime(2026, 9, 16, 3, 0, 0, DateTimeKind.Utc),
            Currency = Currency.Of(currency),
            Store = "Menteng",
            Channel = "store",
            Lines = lines.Length > 0 ? lines : [Line(amount)],
        };

    public static PurchaseLine Line(decimal price, string sku = "kopi-susu", int quantity = 1, string? category = "coffee") => new()
    {
        Id = Guid.NewGuid().ToString("N")[..8],
        Sku = sku,
        Name = "Kopi susu",
        Category = category,
        Quantity = quantity,
        UnitPrice = price,
    };
}
