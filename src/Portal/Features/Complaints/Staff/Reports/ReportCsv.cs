using System.Globalization;
using System.Text;
using Portal.Identity;
using Portal.Platform;
using Portal.Ui;

namespace Portal.Features.Complaints.Staff.Reports;

/// <summary>Each report as comma-separated values, with codes instead of words and numbers a machine reads.</summary>
internal static class ReportCsv
{
    private const int MostCases = 10_000;

    public static void MapReportCsv(this WebApplication app) =>
        app.MapGet("/staff/complaints/reports/{name}.csv", SendAsync).RequireAuthorization(Policies.Desk);

    private static async Task<IResult> SendAsync(string name, string? from, string? to, string? store, string? category, string? by, string? value, CaseReports reports, Format format, TimeProvider time, HttpContext http)
    {
        var filter = ReportFilter.Read(from, to, store, category, format.Day(time.UtcNow()));
        var cancel = http.RequestAborted;
        var csv = new StringBuilder();
        switch (name)
        {
            case "clocks":
                Csv.Line(csv, "clock", "reached", "met", "missed", "met_percent", "average_working_minutes", "median_working_minutes");
                foreach (var c in await reports.ClocksAsync(filter, cancel))
                    Csv.Line(csv, c.Clock, N(c.Reached), N(c.Met), N(c.Missed), N(c.Share), N(c.Average), N(c.Median));
                break;
            case "months":
                Csv.Line(csv, "month", "filed", "decisions_met", "decisions_missed", "process_mark");
                foreach (var m in await reports.MonthsAsync(filter, cancel))
                    Csv.Line(csv, m.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), N(m.Filed), N(m.Met), N(m.Missed), N(m.Process));
                break;
            case "ratings":
                Csv.Line(csv, "mark", "process", "outcome");
                foreach (var r in await reports.RatingsAsync(filter, cancel))
                    Csv.Line(csv, N(r.Mark), N(r.Process), N(r.Outcome));
                break;
            case "cases":
                Csv.Line(csv, "reference", "filed", "closed", "state", "priority", "category", "channel", "store", "product", "cause", "outcome", "acknowledge_minutes", "first_reply_minutes", "decision_minutes", "decision_met", "process_mark", "outcome_mark", "points");
                Dimension? dimension = Enum.TryParse<Dimension>(by, out var of) && Enum.IsDefined(of) ? of : null;
                foreach (var c in (await reports.CasesAsync(filter, dimension, value ?? "", 1, MostCases, cancel)).Cases)
                    Csv.Line(csv, c.Reference, Format.Machine(c.CreatedAt), c.ClosedAt is { } closed ? Format.Machine(closed) : "", c.State.ToString(), c.Priority.ToString(), c.Category, c.Channel.ToString(), c.Store, c.Product, c.RootCause,
                        c.Outcome?.ToString(), N(c.Figures.AcknowledgeMinutes), N(c.Figures.FirstReplyMinutes), N(c.Figures.DecisionMinutes), c.Figures.DecisionMet?.ToString(CultureInfo.InvariantCulture).ToLowerInvariant(),
                        N(c.Figures.ProcessRating), N(c.Figures.OutcomeRating), N(c.Figures.Points));
                break;
            default:
                if (!Enum.TryParse<Dimension>(name, ignoreCase: true, out var kind) || !Enum.IsDefined(kind) || int.TryParse(name, out _))
                    return Results.NotFound();
                Csv.Line(csv, kind.ToString().ToLowerInvariant(), "complaints", "percent", "cumulative_percent", "upheld_at_least_in_part", "decisions_met", "decisions_missed", "average_decision_minutes", "purchases", "per_thousand_purchases");
                foreach (var l in await reports.ByAsync(kind, filter, cancel))
                    Csv.Line(csv, l.Key, N(l.Count), N(l.Share), N(l.Cumulative), N(l.Upheld), N(l.Met), N(l.Missed), N(l.DecisionMinutes), N(l.Purchases), N(l.PerThousand));
                break;
        }
        return Results.File(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(csv.ToString())).ToArray(), "text/csv; charset=utf-8", $"complaints-{name}-{ReportFilter.Iso(filter.From)}-{ReportFilter.Iso(filter.To)}.csv");
    }

    private static string N(IFormattable? number) => number?.ToString(number is double ? "0.##" : null, CultureInfo.InvariantCulture) ?? "";
}
