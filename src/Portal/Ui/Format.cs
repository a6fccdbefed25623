using System.Globalization;
using System.Resources;
using Microsoft.Extensions.Options;
using Portal.Platform;
using RewardsEngine.Values;

namespace Portal.Ui;

/// <summary>
/// How numbers, money and times are written: in the reader's language and the programme's zone. Without a culture it is the
/// reader's of this request; mails pass the member's.
/// </summary>
public sealed class Format(IOptions<PortalOptions> options)
{
    private static readonly ResourceManager Words = new(typeof(UiTexts).FullName!, typeof(UiTexts).Assembly);

    private static readonly Dictionary<string, string> Symbols = new(StringComparer.Ordinal)
    {
        ["IDR"] = "Rp",
        ["GBP"] = "£",
        ["EUR"] = "€",
        ["USD"] = "US$",
        ["SGD"] = "S$",
        ["AUD"] = "A$",
        ["JPY"] = "¥",
        ["MYR"] = "RM",
        ["INR"] = "₹",
    };

    public TimeZoneInfo Zone { get; } = options.Value.Zone;

    /// <summary><c>Rp250.000</c> in Indonesian, <c>Rp250,000</c> in English.</summary>
    public string Money(Money money, CultureInfo? culture = null)
    {
        culture ??= CultureInfo.CurrentCulture;
        var symbol = Symbols.GetValueOrDefault(money.Currency.Code, money.Currency.Code + "\u00a0");
        var digits = Math.Abs(money.Amount).ToString("N" + money.Currency.Decimals, culture);
        return (money.Amount < 0 ? "−" : "") + symbol + digits;
    }

    /// <summary>An amount kept as whole minor units.</summary>
    public string Money(long minor, Currency currency, CultureInfo? culture = null) =>
        Money(new Money(currency.FromMinor(minor), currency), culture);

    /// <summary><c>1.240</c> or <c>1,240</c>.</summary>
    public string Number(long number, CultureInfo? culture = null) =>
        (number < 0 ? "−" : "") + Math.Abs((decimal)number).ToString("N0", culture ?? CultureInfo.CurrentCulture);

    /// <summary><c>1.240 poin</c>, <c>1,240 points</c>, <c>1 point</c>.</summary>
    public string Points(long points, CultureInfo? culture = null) =>
        Number(points, culture) + "\u00a0" + Word(points is 1 or -1 ? "PointOne" : "PointMany", culture);

    /// <summary><c>+25 poin</c> or <c>−25 poin</c>: a movement.</summary>
    public string PointsChange(long points, CultureInfo? culture = null) => (points > 0 ? "+" : "") + Points(points, culture);

    /// <summary><c>12,5%</c> or <c>12.5%</c>, from 12.5.</summary>
    public string Percent(decimal percent, CultureInfo? culture = null) => percent.ToString("0.##", culture ?? CultureInfo.CurrentCulture) + "%";

    /// <summary><c>Kamis, 17 September 2026</c>.</summary>
    public string Date(DateTime utc, CultureInfo? culture = null) => Date(Day(utc), culture);

    public string Date(DateOnly day, CultureInfo? culture = null) => day.ToString("dddd, d MMMM yyyy", culture ?? CultureInfo.CurrentCulture);

    /// <summary><c>31 Desember</c>: a day that comes every year.</summary>
    public string DayOfYear(DateOnly day, CultureInfo? culture = null) => day.ToString("d MMMM", culture ?? CultureInfo.CurrentCulture);

    /// <summary><c>17 Sep 2026</c>, for tables.</summary>
    public string ShortDate(DateTime utc, CultureInfo? culture = null) => ShortDate(Day(utc), culture);

    public string ShortDate(DateOnly day, CultureInfo? culture = null) => day.ToString("d MMM yyyy", culture ?? CultureInfo.CurrentCulture);

    /// <summary><c>17.00 WIB</c> in Indonesian, <c>17:00 WIB</c> in English.</summary>
    public string Time(DateTime utc, CultureInfo? culture = null)
    {
        culture ??= CultureInfo.CurrentCulture;
        var local = Local(utc);
        return local.ToString(IsIndonesian(culture) ? "HH.mm" : "HH:mm", CultureInfo.InvariantCulture) + " " + ZoneName(local);
    }

    /// <summary><c>Kamis, 17 September 2026, 17.00 WIB</c>.</summary>
    public string DateTime(DateTime utc, CultureInfo? culture = null) => Date(utc, culture) + ", " + Time(utc, culture);

    /// <summary><c>17 Sep 2026, 17.00 WIB</c>, for tables.</summary>
    public string ShortDateTime(DateTime utc, CultureInfo? culture = null) => ShortDate(utc, culture) + ", " + Time(utc, culture);

    /// <summary><c>3 hari</c>, <c>3 days</c>, <c>1 day</c>.</summary>
    public string Days(long days, CultureInfo? culture = null) =>
        Number(days, culture) + " " + Word(days is 1 or -1 ? "DayOne" : "DayMany", culture);

    /// <summary>Words that begin a line: the first letter large.</summary>
    public static string Sentence(string words) => words.Length == 0 ? words : char.ToUpper(words[0], CultureInfo.CurrentCulture) + words[1..];

    /// <summary>The day in the programme's zone.</summary>
    public DateOnly Day(DateTime utc) => DateOnly.FromDateTime(Local(utc));

    /// <summary>The first moment of a day of the programme, in UTC: for filters by date.</summary>
    public DateTime StartOfDay(DateOnly day) => TimeZoneInfo.ConvertTimeToUtc(FirstValid(day.ToDateTime(TimeOnly.MinValue)), Zone);

    /// <summary>The value of <c>&lt;time datetime&gt;</c>.</summary>
    public static string Machine(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(System.DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    // Some zones change their clocks at midnight, so that a day may begin at one o'clock.
    private DateTime FirstValid(DateTime local) => Zone.IsInvalidTime(local) ? local.AddHours(1) : local;

    private string ZoneName(DateTime local)
    {
        switch (options.Value.TimeZone)
        {
            case "Asia/Jakarta" or "Asia/Pontianak": return "WIB";
            case "Asia/Makassar": return "WITA";
            case "Asia/Jayapura": return "WIT";
        }
        var offset = Zone.GetUtcOffset(local);
        return offset == TimeSpan.Zero ? "UTC" : string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? '−' : '+')}{offset.Duration():hh\\:mm}");
    }

    private static bool IsIndonesian(CultureInfo culture) => culture.TwoLetterISOLanguageName == "id";

    private static string Word(string key, CultureInfo? culture) =>
        Words.GetString(key, culture ?? CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
}
