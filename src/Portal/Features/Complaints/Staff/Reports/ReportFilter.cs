using System.Globalization;
using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Ui;

namespace Portal.Features.Complaints.Staff.Reports;

/// <summary>By what complaints are counted.</summary>
public enum Dimension { Cause, Category, Product, Store, Channel, Priority }

/// <summary>Which complaints a report counts: those filed from the first to the last day, both included.</summary>
public sealed record ReportFilter(DateOnly From, DateOnly To, string? Store = null, string? Category = null)
{
    private const int UsualDays = 90;

    /// <summary>Reads the address; what cannot be read is the last 90 days.</summary>
    public static ReportFilter Read(string? from, string? to, string? store, string? category, DateOnly today)
    {
        var last = Day(to) ?? today;
        var first = Day(from) ?? last.AddDays(-UsualDays + 1);
        return new(first > last ? last : first, last, Given(store), Given(category));
    }

    public static ReportFilter Month(int year, int month) => new(new(year, month, 1), new DateOnly(year, month, 1).AddMonths(1).AddDays(-1));

    internal IQueryable<CaseRow> Of(PortalDb db, Format format)
    {
        var (start, end) = (format.StartOfDay(From), format.StartOfDay(To.AddDays(1)));
        var cases = db.Set<CaseRow>().AsNoTracking().Where(c => c.CreatedAt >= start && c.CreatedAt < end);
        if (Store is { } store)
            cases = cases.Where(c => c.Store == store);
        return Category is { } category ? cases.Where(c => c.Category == category) : cases;
    }

    /// <summary>The same filter in an address.</summary>
    public string Query => $"from={Iso(From)}&to={Iso(To)}" + (Store is null ? "" : $"&store={Uri.EscapeDataString(Store)}") + (Category is null ? "" : $"&category={Category}");

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and <= 2100 ? day : null;

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

internal static class Dimensions
{
    /// <summary>The cases whose value of a dimension is this; an empty value means: not known.</summary>
    public static IQueryable<CaseRow> With(this IQueryable<CaseRow> cases, Dimension dimension, string value) => (dimension, value) switch
    {
        (Dimension.Cause, "") => cases.Where(c => c.RootCause == null),
        (Dimension.Cause, _) => cases.Where(c => c.RootCause == value),
        (Dimension.Category, _) => cases.Where(c => c.Category == value),
        (Dimension.Product, "") => cases.Where(c => c.Product == null),
        (Dimension.Product, _) => cases.Where(c => c.Product == value),
        (Dimension.Store, "") => cases.Where(c => c.Store == null),
        (Dimension.Store, _) => cases.Where(c => c.Store == value),
        (Dimension.Channel, _) => Enum.TryParse<Channel>(value, out var channel) ? cases.Where(c => c.Channel == channel) : cases.Where(c => false),
        _ => Enum.TryParse<Priority>(value, out var priority) ? cases.Where(c => c.Priority == priority) : cases.Where(c => false),
    };
}
