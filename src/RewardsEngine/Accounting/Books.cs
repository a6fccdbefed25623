using System.Collections.Immutable;
using System.Globalization;
using RewardsEngine.Values;

namespace RewardsEngine.Accounting;

/// <summary>Something in the books that does not agree.</summary>
/// <param name="Member">Whose; null for the books as a whole.</param>
/// <param name="What">What was compared, for example <c>member.available</c> or <c>lot … held</c>.</param>
/// <param name="Expected">What the transfers say.</param>
/// <param name="Actual">What stands in the balance or lot.</param>
public sealed record BookDifference(MemberId? Member, string What, long Expected, long Actual)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Member?.ToString() ?? "books"}: {What} should be {Expected}, is {Actual}");
}

/// <summary>Proofs over transfers. Everything here reads the transfers anew and trusts no running balance.</summary>
public static class Books
{
    /// <summary>Balance of every account: credits − debits. The sum over all accounts is zero.</summary>
    public static ImmutableSortedDictionary<Account, long> Balances(IEnumerable<Transfer> transfers)
    {
        var sums = new Dictionary<Account, long>();
        foreach (var transfer in transfers)
        {
            sums[transfer.Debit] = checked(sums.GetValueOrDefault(transfer.Debit) - transfer.Amount);
            sums[transfer.Credit] = checked(sums.GetValueOrDefault(transfer.Credit) + transfer.Amount);
        }
        return sums.ToImmutableSortedDictionary();
    }

    /// <summary>The transfers of one member up to and including a moment of recording, in the order written.</summary>
    public static IEnumerable<Transfer> UpTo(IEnumerable<Transfer> transfers, DateTime recordedAt) =>
        transfers.Where(transfer => transfer.RecordedAt <= recordedAt);

    /// <summary>
    /// A member's wallet made again from nothing but the transfers, in the order written. Only the moved expiry of sliding lots
    /// and what was spent of a lot before it came from another membership are not in them; everything else is.
    /// </summary>
    public static Wallet Rebuild(MemberId member, IEnumerable<Transfer> transfers) => new Rebuilding(member).Run(transfers);

    /// <summary>What a redemption took and has not been given back, in the order it was taken.</summary>
    public static ImmutableArray<LotShare> StillTaken(IEnumerable<Transfer> transfers, string redemption)
    {
        var order = new List<LotId>();
        var taken = new Dictionary<LotId, long>();
        foreach (var transfer in transfers)
        {
            if (transfer.Lot is not { } lot) continue;
            if (transfer.Operation == redemption && (transfer.Kind is TransferKind.Redeem or TransferKind.Capture))
            {
                if (taken.TryAdd(lot, 0)) order.Add(lot);
                taken[lot] += transfer.Amount;
            }
            else if (transfer.Returns == redemption)
            {
                taken[lot] = taken.GetValueOrDefault(lot) - transfer.Amount;
            }
        }
        return [.. order.Where(lot => taken[lot] > 0).Select(lot => new LotShare(lot, taken[lot]))];
    }

    /// <summary>
    /// Compares what stands (balances, lots, holds) with what the transfers say. Empty means: entries = balances = lots,
    /// nothing below zero, nothing overspent, every reference once.
    /// </summary>
    public static ImmutableArray<BookDifference> Verify(Wallet standing, IEnumerable<Transfer> transfers)
    {
        var differences = ImmutableArray.CreateBuilder<BookDifference>();
        var member = standing.Member;
        var references = new HashSet<(string, int)>();
        var running = new Rebuilding(member);
        foreach (var transfer in transfers)
        {
            if (!references.Add((transfer.Operation, transfer.Ordinal))) Report($"transfer {transfer.Reference} count", 1, 2);
            if (transfer.Amount <= 0) Report($"transfer {transfer.Reference} amount above zero", 1, transfer.Amount);
            if (transfer.Member != member) Report($"transfer {transfer.Reference} of another member", 0, 1);
            running.Apply(transfer);
            if (running.Lowest < 0) Report($"after {transfer.Reference} lowest balance", 0, running.Lowest);
        }
        var proved = running.Wallet();
        Compare("member.pending", proved.Pending, standing.Pending);
        Compare("member.available", proved.Available, standing.Available);
        Compare("member.held", proved.Held, standing.Held);
        Compare("member.debt", proved.Debt, standing.Debt);
        Compare("member.qualifying", proved.Qualifying, standing.Qualifying);
        Compare("sum of lots", proved.Pending + proved.Available + proved.Held, standing.Lots.Sum(lot => lot.Left));
        var stored = standing.Lots.ToDictionary(lot => lot.Id);
        foreach (var lot in proved.Lots)
        {
            var other = stored.GetValueOrDefault(lot.Id);
            Compare($"lot {lot.Id} pending", lot.Pending, other?.Pending ?? 0);
            Compare($"lot {lot.Id} available", lot.Available, other?.Available ?? 0);
            Compare($"lot {lot.Id} held", lot.Held, other?.Held ?? 0);
            if (other is not null) Compare($"lot {lot.Id} reversed", lot.Reversed, other.Reversed);
            stored.Remove(lot.Id);
        }
        foreach (var lot in stored.Values) Compare($"lot {lot.Id} without accrual", 0, lot.Left);
        Compare("open holds", proved.Holds.Sum(hold => hold.Amount), standing.Holds.Sum(hold => hold.Amount));
        foreach (var hold in proved.Holds) Compare($"hold {hold.Id}", hold.Amount, standing.Hold(hold.Id)?.Amount ?? 0);
        return differences.ToImmutable();

        void Compare(string what, long expected, long actual)
        {
            if (expected != actual) Report(what, expected, actual);
        }

        void Report(string what, long expected, long actual) => differences.Add(new BookDifference(member, what, expected, actual));
    }
}
