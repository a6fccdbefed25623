using Portal.Rewarding.Ledger;

namespace Portal.Tests.Rewarding;

/// <summary>What keeps references unique, and where they lie.</summary>
public sealed class TransferKeyTests
{
    [Fact]
    public void The_same_reference_and_ordinal_have_the_same_key_and_others_another()
    {
        string[] references = ["purchase:1", "refund:1", "purchase:1/", "purchase:01", "purchase:1:2", "purchase:12", "purchase:1-2", "purchase:a", "purchase:A", "purchase", "", ":", "purchase:é1", new('9', 590)];
        var keys = references.SelectMany(r => new[] { TransferKey.Of(r, 1), TransferKey.Of(r, 2), TransferKey.Of(r, 12) }).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.Equal(keys, references.SelectMany(r => new[] { TransferKey.Of(r, 1), TransferKey.Of(r, 2), TransferKey.Of(r, 12) }));
    }

    [Fact]
    public void References_of_one_place_are_told_apart()
    {
        var keys = Enumerable.Range(0, 100_000).Select(i => TransferKey.Of($"purchase:2026-11-22-till-4-receipt-of-the-day-{i}", 1)).ToHashSet();
        Assert.Equal(100_000, keys.Count);
    }

    [Theory]
    [InlineData("purchase:INV-2026-{0:D6}")]
    [InlineData("purchase:kopi-rimba-webshop-order-{0:D9}")]
    [InlineData("purchase:TILL4-20261122-{0:D5}/welcome")]
    [InlineData("adjust:{0:D8}")]
    public void Numbered_references_lie_in_the_order_of_their_numbers(string form) =>
        AssertRise(Enumerable.Range(95, 50).Select(n => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, n)));

    [Theory]
    [InlineData("N")]
    [InlineData("D")]
    public void Ids_that_rise_with_time_lie_in_the_order_of_their_moments(string form)
    {
        var begin = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
        AssertRise(Enumerable.Range(0, 50).Select(n => "adjust:" + Guid.CreateVersion7(begin.AddMilliseconds(n * 3)).ToString(form)));
    }

    private static void AssertRise(IEnumerable<string> references)
    {
        // As both databases compare them: byte by byte.
        var keys = references.Select(r => Convert.ToHexString(TransferKey.Of(r, 1).ToByteArray(bigEndian: true))).ToList();
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }
}
