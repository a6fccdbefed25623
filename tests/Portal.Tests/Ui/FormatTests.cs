using System.Globalization;
using Microsoft.Extensions.Options;
using Portal.Platform;
using Portal.Ui;
using RewardsEngine.Values;

namespace Portal.Tests.Ui;

public sealed class FormatTests
{
    private static readonly CultureInfo Indonesian = CultureInfo.GetCultureInfo("id-ID");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly DateTime Afternoon = new(2026, 9, 17, 10, 0, 0, DateTimeKind.Utc);

    private readonly Format format = new(Options.Create(new PortalOptions()));

    [Fact]
    public void Rupiah_has_no_decimals_and_the_readers_groups()
    {
        var money = new Money(250_000, Currency.Idr);

        Assert.Equal("Rp250.000", format.Money(money, Indonesian));
        Assert.Equal("Rp250,000", format.Money(money, English));
    }

    [Fact]
    public void Other_currencies_keep_their_decimals_and_the_minus_stands_first()
    {
        Assert.Equal("−£12.50", format.Money(new Money(-12.5m, Currency.Of("GBP")), English));
        Assert.Equal("¥1,200", format.Money(new Money(1_200, Currency.Of("JPY")), English));
        Assert.Equal("CHF\u00a03.00", format.Money(new Money(3, Currency.Of("CHF")), English));
    }

    [Fact]
    public void Points_carry_their_unit()
    {
        Assert.Equal("1.240\u00a0poin", format.Points(1_240, Indonesian));
        Assert.Equal("1,240\u00a0points", format.Points(1_240, English));
        Assert.Equal("1\u00a0point", format.Points(1, English));
        Assert.Equal("+25\u00a0poin", format.PointsChange(25, Indonesian));
        Assert.Equal("−25\u00a0poin", format.PointsChange(-25, Indonesian));
    }

    [Fact]
    public void Days_and_times_are_those_of_the_programmes_zone()
    {
        Assert.Equal("Kamis, 17 September 2026", format.Date(Afternoon, Indonesian));
        Assert.Equal("Thursday, 17 September 2026", format.Date(Afternoon, English));
        Assert.Equal("17.00 WIB", format.Time(Afternoon, Indonesian));
        Assert.Equal("17:00 WIB", format.Time(Afternoon, English));
        Assert.Equal(new DateOnly(2026, 9, 18), format.Day(Afternoon.AddHours(7)));
    }

    [Fact]
    public void A_zone_without_a_name_of_its_own_shows_its_distance_from_UTC()
    {
        var london = new Format(Options.Create(new PortalOptions { TimeZone = "Europe/London" }));

        Assert.Equal("11:00 UTC+01:00", london.Time(Afternoon, English));
        Assert.Equal("10:00 UTC", london.Time(new(2026, 12, 1, 10, 0, 0, DateTimeKind.Utc), English));
    }
}
