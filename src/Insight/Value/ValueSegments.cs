namespace Insight.Value;

/// <summary>
/// Reckons what members are worth and who is Most Valuable, Most Growable and Below Zero.
/// </summary>
/// <remarks>
/// <para>Below Zero: value under 0.</para>
/// <para>Most Valuable: the highest values above 0, as many as the set share of the members who bought. Equal values at the
/// border are all in.</para>
/// <para>Most Growable: neither of these, and the highest potential, as many as the set share of the members who bought, equal
/// ones at the border all in. Potential = (revenue that the upper quarter of comparable members reaches − own revenue) × share
/// of quarters in which the member bought. Comparable are members with as broad a taste (one, two or three, four and more
/// categories) and about as long a membership (under half a year, up to two years, longer); a group of fewer than
/// <see cref="SmallestGroup"/> is compared with all who bought. The gap says how much there is to win, the share how likely
/// somebody is to come at all; without a purchase in the newer half of the period there is no potential.</para>
/// </remarks>
public static class ValueSegments
{
    /// <summary>A smaller group of peers says nothing.</summary>
    public const int SmallestGroup = 10;

    /// <summary>All members, in the order given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public static IReadOnlyList<MemberValue> Of(IReadOnlyList<MemberYear> years, ValueSettings settings)
    {
        Check(settings);
        var groups = Groups(years);
        var values = new MemberValue[years.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Of(years[i], settings, groups);
        var buyers = years.Count(y => y.Bought);
        var best = Border(values.Where(v => v.Value > 0).Select(v => v.Value), Places(buyers, settings.MostValuablePercent));
        var growable = Border(values.Where(v => v.Value >= 0 && v.Value < best && v.Growth is { Potential: > 0 }).Select(v => v.Growth!.Potential), Places(buyers, settings.MostGrowablePercent));
        for (var i = 0; i < values.Length; i++)
            values[i] = values[i] with { Segment = SegmentOf(values[i], best, growable) };
        return values;
    }

    private static Segment? SegmentOf(MemberValue value, long best, long growable) =>
        value.Value < 0 ? Segment.BelowZero
        : value.Value >= best ? Segment.MostValuable
        : value.Growth?.Potential >= growable ? Segment.MostGrowable
        : null;

    private static MemberValue Of(MemberYear year, ValueSettings settings, Dictionary<PeerGroup, Peers> groups)
    {
        var paid = checked(year.Sales - year.Discounts);
        // A refund gives back the price after discounts; the goods come back at the price before.
        var kept = paid <= 0 ? 0m : year.Sales * (1m - Math.Min(1m, (decimal)year.Refunds / paid));
        var value = new MemberValue
        {
            Member = year.Member,
            Revenue = checked(paid - year.Refunds),
            Discounts = year.Discounts,
            Refunds = year.Refunds,
            Goods = Whole(kept * settings.GoodsPercent / 100m),
            Rewards = year.Rewards,
            Service = checked(year.Complaints * settings.ComplaintCost),
            Complaints = year.Complaints,
        };
        return year.Bought ? value with { Growth = GrowthOf(year, value.Revenue, groups) } : value;
    }

    private static Growth GrowthOf(MemberYear year, long revenue, Dictionary<PeerGroup, Peers> groups)
    {
        var group = PeerGroup.Of(year);
        if (groups[group].Count < SmallestGroup)
            group = PeerGroup.Everybody;
        var peers = groups[group];
        var possible = Math.Clamp((year.MonthsSinceJoining + 3) / 3, 1, 4);
        var active = Math.Min(year.Paid.Active, possible);
        var gap = Math.Max(0, checked(peers.Upper - revenue));
        return new(group, peers.Count, peers.Upper, active, possible, year.Paid.NewerHalf > 0 ? (long)(gap * (decimal)active / possible) : 0);
    }

    private static Dictionary<PeerGroup, Peers> Groups(IReadOnlyList<MemberYear> years)
    {
        var buyers = years.Where(y => y.Bought).ToList();
        var groups = buyers.GroupBy(PeerGroup.Of).ToDictionary(g => g.Key, g => Peers.Of(g));
        groups[PeerGroup.Everybody] = Peers.Of(buyers);
        return groups;
    }

    private static int Places(int buyers, decimal percent) => (int)Whole(buyers * percent / 100m);

    /// <summary>The value of the last place; nobody reaches it when there are no places.</summary>
    private static long Border(IEnumerable<long> values, int places)
    {
        if (places == 0)
            return long.MaxValue;
        var sorted = values.ToArray();
        if (sorted.Length == 0)
            return long.MaxValue;
        Array.Sort(sorted);
        return sorted[Math.Max(0, sorted.Length - places)];
    }

    private static long Whole(decimal amount) => (long)decimal.Round(amount, 0, MidpointRounding.AwayFromZero);

    private static void Check(ValueSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.Months);
        ArgumentOutOfRangeException.ThrowIfNegative(settings.ComplaintCost);
        foreach (var percent in (decimal[])[settings.GoodsPercent, settings.MostValuablePercent, settings.MostGrowablePercent])
            if (percent is < 0 or > 100)
                throw new ArgumentOutOfRangeException(nameof(settings), percent, "A share is between 0 and 100 per cent.");
    }

    private readonly record struct Peers(int Count, long Upper)
    {
        /// <summary>The upper quartile by nearest rank.</summary>
        public static Peers Of(IEnumerable<MemberYear> members)
        {
            var revenues = members.Select(m => checked(m.Sales - m.Discounts - m.Refunds)).ToArray();
            if (revenues.Length == 0)
                return default;
            Array.Sort(revenues);
            return new(revenues.Length, revenues[((3 * revenues.Length) + 3) / 4 - 1]);
        }
    }
}
