using RewardsEngine.Accounting;
using static RewardsEngine.Tests.Accounting.Given;

namespace RewardsEngine.Tests.Accounting;

public class TierTests
{
    private static readonly TierSettings Settings = new() { Steps = TierSteps };

    [Theory]
    [InlineData(0, "none")]
    [InlineData(49, "none")]
    [InlineData(50, "bronze")]
    [InlineData(250, "gold")]
    [InlineData(-10, "none")]
    public void The_highest_tier_a_value_reaches(long value, string tier) => Assert.Equal(tier, Tiers.Reached(TierSteps, value).Code);

    [Theory]
    [InlineData(DowngradePolicy.ToFit, "bronze")]
    [InlineData(DowngradePolicy.OneDown, "silver")]
    [InlineData(DowngradePolicy.None, "gold")]
    public void A_gold_member_with_a_bronze_value(DowngradePolicy policy, string tier) =>
        Assert.Equal(tier, Tiers.AtReview(TierSteps, "gold", 60, policy).Code);

    [Theory]
    [InlineData(TierStart.Immediate, TierExpiry.EndOfPeriod, 0, "2025-03-10", "2025-03-31")]
    [InlineData(TierStart.Immediate, TierExpiry.EndOfNextPeriod, 0, "2025-03-10", "2025-04-30")]
    [InlineData(TierStart.Immediate, TierExpiry.EndOfPeriod, 7, "2025-03-10", "2025-04-07")]
    [InlineData(TierStart.NextPeriod, TierExpiry.EndOfNextPeriod, 0, "2025-04-01", "2025-04-30")]
    [InlineData(TierStart.NextPeriod, TierExpiry.EndOfPeriod, 0, "2025-04-01", "2025-04-30")]
    public void A_monthly_tier_window(TierStart start, TierExpiry expiry, int extend, string first, string last) =>
        Assert.Equal(new DayRange(DateOnly.Parse(first), DateOnly.Parse(last)),
            Tiers.Window(new DateOnly(2025, 3, 10), CalendarPeriod.Month, start, expiry, extend));

    [Fact]
    public void Periods_by_quarter_year_anniversary_and_rolling()
    {
        var day = new DateOnly(2025, 2, 10);
        Assert.Equal(new DayRange(new(2025, 1, 1), new(2025, 3, 31)), CalendarPeriod.Quarter.Containing(day));
        Assert.Equal(new DayRange(new(2025, 1, 1), new(2025, 12, 31)), CalendarPeriod.Year.Containing(day));
        Assert.Equal(new DayRange(new(2024, 2, 29), new(2025, 2, 27)), new CalendarPeriod.Anniversary(new(2020, 2, 29)).Containing(day));
        Assert.Equal(new DayRange(new(2024, 2, 11), day), new CalendarPeriod.Rolling(new CalendarSpan(0, 12)).Window(day));
        Assert.Equal(new DayRange(new(2025, 1, 12), day), new CalendarPeriod.Rolling(new CalendarSpan(30)).Window(day));
    }

    [Fact]
    public void A_tier_is_reached_kept_through_the_next_period_renewed_and_lost()
    {
        var earned = new Dictionary<int, long> { [2025] = 210, [2026] = 205, [2027] = 60, [2028] = 0 };
        var first = Review(null, new(2025, 5, 1));
        Assert.Equal((TierChange.Upgraded, "gold", new DateOnly(2026, 12, 31)), (first.Change, first.Standing.Tier, first.Standing.Valid.Last));
        Assert.Equal(TierChange.Kept, Review(first.Standing, new(2026, 12, 31)).Change);
        var renewed = Review(first.Standing, new(2027, 1, 1));
        Assert.Equal((TierChange.Renewed, new DateOnly(2027, 12, 31)), (renewed.Change, renewed.Standing.Valid.Last));
        var lost = Review(renewed.Standing, new(2028, 1, 1));
        Assert.Equal((TierChange.Downgraded, "bronze"), (lost.Change, lost.Standing.Tier));
        Assert.Equal(TierChange.Kept, Review(lost.Standing, new(2028, 1, 1)).Change);

        TierReview Review(TierStanding? standing, DateOnly today) =>
            Tiers.Review(Settings, standing, days => Enumerable.Range(days.First.Year, days.Last.Year - days.First.Year + 1).Sum(year => earned[year]), today);
    }

    [Fact]
    public void In_the_grace_days_a_tier_is_kept_and_can_still_be_reached_again()
    {
        var settings = Settings with { GraceDays = 10 };
        var gold = new TierStanding("gold", new DayRange(new(2025, 1, 1), new(2025, 12, 31)));
        Assert.Equal(TierChange.Kept, Tiers.Review(settings, gold, _ => 190, new(2026, 1, 10)).Change);
        Assert.Equal(TierChange.Renewed, Tiers.Review(settings, gold, days => days.First.Year == 2025 ? 200 : 20, new(2026, 1, 10)).Change);
        Assert.Equal("silver", Tiers.Review(settings, gold, days => days.First.Year == 2025 ? 190 : 20, new(2026, 1, 11)).Standing.Tier);
    }

    [Fact]
    public void A_tier_that_starts_with_the_next_period_leaves_the_present_one_until_then()
    {
        var settings = Settings with { Period = CalendarPeriod.Month, Start = TierStart.NextPeriod };
        var standing = Tiers.Review(settings, null, _ => 120, new(2025, 3, 10)).Standing;
        Assert.Equal(("none", "silver"), (standing.On(new(2025, 3, 31)), standing.On(new(2025, 4, 1))));
    }

    [Fact]
    public void What_is_missing_to_the_next_tier()
    {
        Assert.Equal(("silver", 40L), (Tiers.Next(TierSteps, 60)!.Value.Tier.Code, Tiers.Next(TierSteps, 60)!.Value.Missing));
        Assert.Null(Tiers.Next(TierSteps, 200));
    }
}
