using System.Collections.Immutable;
using RewardsEngine.Values;

namespace RewardsEngine.Accounting;

/// <summary>The lots of a wallet that were left unread, because a credit does not look at them.</summary>
/// <param name="NextDue">The first moment at which something of them falls due; null for never.</param>
public sealed record UnreadLots(DateTime? NextDue);

/// <summary>A member's points at one moment: what a change reads and what it leaves.</summary>
public sealed record Wallet
{
    /// <summary>Whose.</summary>
    public required MemberId Member { get; init; }

    /// <summary>Grows by one with every change; the shell stores a change only if the version it read still stands.</summary>
    public long Version { get; init; }

    /// <summary>Every lot with something left, and those emptied lots the change at hand concerns (reversal, return).</summary>
    public ImmutableArray<Lot> Lots { get; init; } = [];

    /// <summary>
    /// Set when further lots stand that were not read. Such a wallet has no reservation; until those lots fall due it can be
    /// credited as long as nothing is owed, and a change that takes from lots throws.
    /// </summary>
    public UnreadLots? Unread { get; init; }

    /// <summary>Every open reservation.</summary>
    public ImmutableArray<Hold> Holds { get; init; } = [];

    /// <summary>Balance of <see cref="Account.MemberPending"/>.</summary>
    public long Pending { get; init; }

    /// <summary>Balance of <see cref="Account.MemberAvailable"/>, expired but unswept lots included.</summary>
    public long Available { get; init; }

    /// <summary>Balance of <see cref="Account.MemberHeld"/>.</summary>
    public long Held { get; init; }

    /// <summary>What the member owes: zero or more.</summary>
    public long Debt { get; init; }

    /// <summary>Balance of <see cref="Account.MemberQualifying"/>.</summary>
    public long Qualifying { get; init; }

    /// <summary>A wallet without history.</summary>
    public static Wallet Empty(MemberId member) => new() { Member = member };

    /// <summary>The balance shown to the member: available − debt.</summary>
    public long Balance => Available - Debt;

    /// <summary>What can be spent at a moment: unexpired available points − debt, at least zero.</summary>
    public long Spendable(DateTime at) => Math.Max(0, Unexpired(at) - Debt);

    /// <summary>What stands free and unexpired at a moment.</summary>
    public long Unexpired(DateTime at)
    {
        if (Unread?.NextDue <= at) NeedLots();
        long free = 0, loaded = 0;
        foreach (var lot in Lots)
        {
            free += lot.Spendable(at);
            loaded += lot.Available;
        }
        return Unread is null ? free : free + Available - loaded;
    }

    /// <summary>What will have expired by a moment if nothing is spent (open reservations apart).</summary>
    public long ExpiringBy(DateTime at) => NeedLots().Lots.Sum(lot => lot.IsExpired(at) ? lot.Available + lot.Pending : 0);

    /// <summary>The next lot to expire after a moment, with the sum of all that expire with it; null if none will.</summary>
    public (DateTime At, long Points)? NextExpiry(DateTime now)
    {
        var coming = NeedLots().Lots.Where(lot => lot.ExpiresAt > now && lot.Available + lot.Pending > 0).ToList();
        if (coming.Count == 0) return null;
        var at = coming.Min(lot => lot.ExpiresAt!.Value);
        return (at, coming.Where(lot => lot.ExpiresAt == at).Sum(lot => lot.Available + lot.Pending));
    }

    /// <summary>The lot, if it is loaded.</summary>
    public Lot? Lot(LotId id) => Lots.FirstOrDefault(lot => lot.Id == id) ?? (Unread is null ? null : NeedLots().Lot(id));

    /// <summary>The open reservation, if there is one.</summary>
    public Hold? Hold(HoldId id) => Holds.FirstOrDefault(hold => hold.Id == id);

    /// <summary>The wallet with further lots loaded; lots already there stay as they are.</summary>
    public Wallet With(IEnumerable<Lot> lots)
    {
        var known = Lots.Select(lot => lot.Id).ToHashSet();
        return this with { Lots = Lots.AddRange(lots.Where(lot => known.Add(lot.Id))) };
    }

    /// <summary>For changes that take from lots: which ones cannot be known without reading them.</summary>
    internal Wallet NeedLots() => Unread is null ? this : throw new InvalidOperationException($"The lots of {Member} were not read.");
}
