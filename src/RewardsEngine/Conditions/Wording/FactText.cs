using System.Globalization;
using RewardsEngine.Conditions.Syntax;
using RewardsEngine.Values;

namespace RewardsEngine.Conditions.Wording;

/// <summary>Writes values for people in Indonesian (<c>Rp250.000</c>, <c>31 Desember 2026</c>) or English (<c>Rp250,000</c>, <c>31 December 2026</c>), the same on every machine.</summary>
public sealed class FactText
{
    private static readonly NumberFormatInfo Indonesian = new() { NumberGroupSeparator = ".", NumberDecimalSeparator = "," };
    private static readonly NumberFormatInfo English = new() { NumberGroupSeparator = ",", NumberDecimalSeparator = "." };

    private static readonly string[] MonthsId = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];
    private static readonly string[] MonthsEn = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    private static readonly string[] UnitsId = ["menit", "jam", "hari", "minggu", "bulan", "tahun"];
    private static readonly string[] DaysId = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];

    private readonly bool _isIndonesian;
    private readonly Currency _currency;

    /// <summary>Writes for one language and the programme's currency.</summary>
    public FactText(string language, Currency currency)
    {
        _isIndonesian = language.StartsWith("id", StringComparison.OrdinalIgnoreCase);
        _currency = currency;
    }

    /// <summary>A value of any type; "not given" in the language when there is none.</summary>
    public string Of(in FactValue value) => value.Type switch
    {
        FactType.None => Pick("belum ada data", "not given"),
        FactType.Number => Number(value.Number),
        FactType.Money => Money(value.Number),
        FactType.Date => Date(value.Date),
        FactType.Duration => Minutes((long)value.Number),
        FactType.Flag => value.Flag ? Pick("ya", "yes") : Pick("tidak", "no"),
        _ => value.TextCount == 0 ? Pick("tidak ada", "none") : string.Join(", ", value.Texts),
    };

    /// <summary>A number with the language's separators.</summary>
    public string Number(decimal number) => number.ToString("#,##0.####", _isIndonesian ? Indonesian : English);

    /// <summary>An amount: the currency's sign or code, and decimals only when there are any.</summary>
    public string Money(decimal amount)
    {
        var size = Math.Abs(amount);
        var format = size == decimal.Truncate(size) ? "#,##0" : "#,##0." + new string('0', Math.Max(1, _currency.Decimals)) + "##";
        var sign = amount < 0 ? "-" : "";
        return sign + Prefix(_currency.Code) + size.ToString(format, _isIndonesian ? Indonesian : English);
    }

    /// <summary>A day: <c>31 Desember 2026</c>.</summary>
    public string Date(DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"{date.Day} {(_isIndonesian ? MonthsId : MonthsEn)[date.Month - 1]} {date.Year}");

    /// <summary>A time span: <c>30 hari</c>.</summary>
    public string Span(Duration span) => _isIndonesian
        ? string.Create(CultureInfo.InvariantCulture, $"{span.Count} {UnitsId[(int)span.Unit]}")
        : span.ToString();

    /// <summary>The name of a weekday given by its English word.</summary>
    public string Weekday(string day)
    {
        var index = Fields.NowWeekday.Choices.IndexOf(day);
        return index < 0 || day.Length == 0 ? day : _isIndonesian ? DaysId[index] : char.ToUpperInvariant(day[0]) + day[1..];
    }

    private string Minutes(long minutes) => (minutes % 1440, minutes % 60) switch
    {
        (0, _) when minutes != 0 && minutes / 1440 <= int.MaxValue => Span(new((int)(minutes / 1440), TimeSpanUnit.Days)),
        (_, 0) when minutes / 60 <= int.MaxValue => Span(new((int)(minutes / 60), TimeSpanUnit.Hours)),
        _ => $"{Number(minutes)} {Pick("menit", "minutes")}",
    };

    private static string Prefix(string code) => code switch
    {
        "IDR" => "Rp",
        "GBP" => "£",
        "USD" => "$",
        "EUR" => "€",
        "JPY" => "¥",
        _ => code + "\u00a0",
    };

    private string Pick(string id, string en) => _isIndonesian ? id : en;
}
