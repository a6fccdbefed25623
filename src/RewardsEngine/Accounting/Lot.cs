using RewardsEngine.Values;

namespace RewardsEngine.Accounting;

/// <summary>One accrual and what is left of it.</summary>
public sealed record Lot
{
    /// <summary>The lot's id.</summary>
    public required LotId Id { get; init; }

    /// <summary>Reference of the posting that made it.</summary>
    public required string Accrual { get; init; }

    /// <summary>Grows from lot to lot of one wallet; orders lots of the same moment.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was earned.</summary>
    public required DateTime EarnedAt { get; init; }

    /// <summary>When its points become free; null when they were free at once.</summary>
    public DateTime? ActivatesAt { get; init; }

    /// <summary>The first moment at which it can no longer be spent; null for never.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>True if each activity of the member moves the expiry on.</summary>
    public bool Sliding { get; init; }

    /// <summary>What was awarded.</summary>
    public required long Earned { get; init; }

    /// <summary>What was taken back of the award so far, spent or not.</summary>
    public long Reversed { get; init; }

    /// <summary>Not yet free.</summary>
    public long Pending { get; init; }

    /// <summary>Free, expired or not.</summary>
    public long Available { get; init; }

    /// <summary>Reserved.</summary>
    public long Held { get; init; }

    /// <summary>What still stands in the lot.</summary>
    public long Left => Pending + Available + Held;

    /// <summary>True from the first moment at which the lot can no longer be spent.</summary>
    public bool IsExpired(DateTime at) => ExpiresAt <= at;

    /// <summary>What can be spent of it at a moment. An expired lot gives nothing, swept or not.</summary>
    public long Spendable(DateTime at) => IsExpired(at) ? 0 : Available;

    /// <summary>Spending order: soonest to expire, then oldest; never-expiring last.</summary>
    public static int CompareBySpending(Lot left, Lot right)
    {
        var byExpiry = (left.ExpiresAt ?? DateTime.MaxValue).CompareTo(right.ExpiresAt ?? DateTime.MaxValue);
        if (byExpiry != 0) return byExpiry;
        var byAge = left.EarnedAt.CompareTo(right.EarnedAt);
        if (byAge != 0) return byAge;
        var bySequence = left.Sequence.CompareTo(right.Sequence);
        return bySequence != 0 ? bySequence : left.Id.Value.CompareTo(right.Id.Value);
    }
}

/// <summary>A part of a lot.</summary>
/// <param name="Lot">The lot.</param>
/// <param name="Amount">How much of it.</param>
public readonly record struct LotShare(LotId Lot, long Amount);
