using Complaints.Desk;

namespace Complaints.Tests.Desk;

public sealed class LikenessTests
{
    private static readonly LikenessKey First = new("ayu", Guid.Parse("0190a000-0000-7000-8000-000000000001"), "product", "The coffee was cold and the cup leaked", new(2026, 9, 7));

    [Fact]
    public void The_same_complaint_sent_twice_looks_the_same() => Assert.Equal(100, Likeness.Of(First, First));

    [Fact]
    public void The_same_customer_alone_is_not_worth_a_look() =>
        Assert.True(Likeness.Of(First, new("ayu", null, "delivery", "Parcel arrived late", First.At)) < Likeness.Worth);

    [Fact]
    public void The_same_purchase_is_worth_a_look_and_less_so_weeks_later()
    {
        Assert.True(Likeness.Of(First, First with { Category = "service", Text = "Nobody answered", At = First.At.AddDays(2) }) >= Likeness.Worth);
        Assert.True(Likeness.Of(First, First with { Category = "service", Text = "Nobody answered", At = First.At.AddDays(29) }) < Likeness.Worth);
    }

    [Fact]
    public void It_does_not_matter_which_one_is_looked_at_first()
    {
        var other = First with { Text = "Cold coffee", At = First.At.AddDays(3) };
        Assert.Equal(Likeness.Of(First, other), Likeness.Of(other, First));
    }
}
