using System.Globalization;
using Notifications.Messages;

namespace Notifications.Rendering;

/// <summary>Numbers, money, dates and times as a reader of one language in one zone writes them. Own tables, so the result does not depend on the machine's culture data.</summary>
public sealed class Formats
{
    private static readonly string[] DaysId = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"];
    private static readonly string[] DaysEn = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    private static readonly string[] MonthsId =
        ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];
    private static readonly string[] MonthsEn =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private static readonly Dictionary<string, string> Signs = new()
    {
        ["IDR"] = "Rp",
        ["GBP"] = "£",
        ["EUR"] = "€",
        ["USD"] = "US$",
        ["JPY"] = "¥",
        ["SGD"] = "S$",
        ["MYR"] = "RM",
        ["AUD"] = "A$",
    };

    private static readonly Dictionary<string, string> ZoneNames = new()
    {
        ["Asia/Jakarta"] = "WIB",
        ["Asia/Pontianak"] = "WIB",
        ["Asia/Makassar"] = "WITA",
        ["Asia/Ujung_Pandang"] = "WITA",
        ["Asia/Jayapura"] = "WIT",
        ["UTC"] = "UTC",
        ["Etc/UTC"] = "UTC",
    };

    private readonly bool _indonesian;
    private readonly TimeZoneInfo _zone;
    private readonly NumberFormatInfo _numbers;

    /// <summary>Formats for a language (<c>id</c> or <c>en</c>) and an IANA zone.</summary>
    public Formats(string language, string zone)
    {
        _indonesian = language == Languages.Indonesian;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        _numbers = new() { NumberGroupSeparator = _indonesian ? "." : ",", NumberDecimalSeparator = _indonesian ? "," : ".", NegativeSign = "-" };
    }

    /// <summary><c>1.250</c> in Indonesian, <c>1,250</c> in English.</summary>
    public string Number(decimal value) => value.ToString(decimal.Truncate(value) == value ? "N0" : "#,##0.####", _numbers);

    /// <summary><c>1.250 poin</c>, <c>1,250 points</c>, <c>1 point</c>.</summary>
    public string Points(long value) => $"{Number(value)} {(_indonesian ? "poin" : value is 1 or -1 ? "point" : "points")}";

    /// <summary><c>Rp250.000</c>, <c>Rp250,000</c>, <c>£12.50</c>, <c>CHF 12.50</c>.</summary>
    public string Money(decimal amount, string currency, int decimals)
    {
        var sign = Signs.GetValueOrDefault(currency) ?? currency + "\u00A0";
        var digits = Math.Abs(amount).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), _numbers);
        return (amount < 0 ? "-" : "") + sign + digits;
    }

    /// <summary><c>Kamis, 17 September 2026</c>, in the reader's zone.</summary>
    public string Date(DateTime utc)
    {
        var local = Local(utc);
        var day = (_indonesian ? DaysId : DaysEn)[(int)local.DayOfWeek];
        var month = (_indonesian ? MonthsId : MonthsEn)[local.Month - 1];
        return string.Create(CultureInfo.InvariantCulture, $"{day}, {local.Day} {month} {local.Year:0000}");
    }

    /// <summary><c>17.00 WIB</c> in Indonesian, <c>17:00 WIB</c> in English.</summary>
    public string Time(DateTime utc)
    {
        var local = Local(utc);
        return string.Create(CultureInfo.InvariantCulture, $"{local.Hour:00}{(_indonesian ? '.' : ':')}{local.Minute:00} {ZoneName(utc)}");
    }

    /// <summary>Date and time.</summary>
    public string Moment(DateTime utc) => $"{Date(utc)}, {Time(utc)}";

    private DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), _zone);

    private string ZoneName(DateTime utc)
    {
        if (ZoneNames.TryGetValue(_zone.Id, out var name)) return name;
        var offset = _zone.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
        return string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}");
    }
}
