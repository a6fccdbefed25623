using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Complaints;
using Portal.Features.Complaints.Staff.Reports;
using Portal.Identity;
using Tests.Shared;

namespace Portal.Tests.Complaints;

/// <summary>Reports: sums of the database against sums made by hand, and the pages and files that show them.</summary>
public abstract class ReportTests(PortalFixture portal)
{
    // 2025 is this test's alone: the other tests of the class file in 2026.
    private static readonly ReportFilter Year = new(new(2025, 1, 1), new(2025, 12, 31));

    private PortalServer Server => portal.Server;

    private CaseReports Reports => Server.Services.GetRequiredService<CaseReports>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_sum_is_that_of_the_cases_themselves()
    {
        var cases = await FillAsync();
        var sum = await Reports.SumAsync(Year, Cancel);
        Assert.Equal((cases.Count, cases.Count(c => c.IsOpen), cases.Count(c => c.IsRepeat)), (sum.Filed, sum.Open, sum.Repeats));
        Assert.Equal(cases.Average(c => (double?)c.Figures.ProcessRating)!.Value, sum.Process!.Value, 6);
        Assert.Equal(cases.Sum(c => c.Figures.Points), sum.Points);

        var decision = (await Reports.ClocksAsync(Year, Cancel)).Single(c => c.Clock == "Decision");
        var minutes = cases.Select(c => c.Figures.DecisionMinutes).OfType<int>().Order().ToList();
        Assert.Equal((minutes.Count, cases.Count(c => c.Figures.DecisionMet == true), minutes[(minutes.Count - 1) / 2]), (decision.Reached, decision.Met, decision.Median));
        Assert.Equal(minutes.Average(), decision.Average!.Value, 6);
    }

    [Theory]
    [InlineData(nameof(Dimension.Cause))]
    [InlineData(nameof(Dimension.Category))]
    [InlineData(nameof(Dimension.Product))]
    [InlineData(nameof(Dimension.Store))]
    [InlineData(nameof(Dimension.Channel))]
    [InlineData(nameof(Dimension.Priority))]
    public async Task Each_dimension_counts_every_case_once_and_every_number_leads_to_its_cases(string name)
    {
        var cases = await FillAsync();
        var dimension = Enum.Parse<Dimension>(name);
        var lines = await Reports.ByAsync(dimension, Year, Cancel);
        Assert.Equal(cases.Count, lines.Sum(l => l.Count));
        Assert.Equal(lines.OrderByDescending(l => l.Count).Select(l => l.Count), lines.Select(l => l.Count));
        Assert.Equal(100m, lines[^1].Cumulative);
        foreach (var line in lines)
            Assert.Equal(line.Count, (await Reports.CasesAsync(Year, dimension, line.Key, 1, 10, Cancel)).Total);
    }

    [Fact]
    public async Task A_months_review_counts_the_months_of_the_programmes_zone()
    {
        await FillAsync();
        var months = await Reports.MonthsAsync(Year, Cancel);
        Assert.Equal(12, months.Count);
        foreach (var month in months)
            Assert.Equal((await Reports.SumAsync(ReportFilter.Month(month.Month.Year, month.Month.Month), Cancel)).Filed, month.Filed);
        // Filed at 23:30 UTC on 31 May: in Jakarta it is June already.
        Assert.Contains((await Reports.CasesAsync(ReportFilter.Month(2025, 6), null, "", 1, 100, Cancel)).Cases, c => c.CreatedAt == Midnight);
    }

    [Fact]
    public async Task Complaints_by_store_stand_beside_its_purchases()
    {
        var cases = await FillAsync();
        var line = (await Reports.ByAsync(Dimension.Store, Year, Cancel)).Single(l => l.Key == "Menteng");
        Assert.Equal(4, line.Purchases);
        Assert.Equal(Math.Round(1000m * cases.Count(c => c.Store == "Menteng") / 4, 2), line.PerThousand);
    }

    [Fact]
    public async Task The_page_the_drill_down_the_files_and_the_printed_month_show_the_same_numbers()
    {
        var cases = await FillAsync();
        var manager = await Server.StaffAsync(Roles.Manager, "en");
        var page = await manager.GetAsync("/staff/complaints/reports?from=2025-01-01&to=2025-12-31");
        Assert.Contains(cases.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), page.Element(".sums dd").TextContent);
        Assert.NotNull(page.Element("svg[role=img]"));
        var link = page.Element("a[href*='by=Cause&value=waiting-time']").GetAttribute("href")!;
        Assert.Contains($": {cases.Count(c => c.RootCause == "waiting-time")} ", (await manager.GetAsync(link)).Text);
        Assert.Contains("Agreed for next month", (await manager.GetAsync("/staff/complaints/reports/month/2025-06")).Text);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await manager.GetAsync("/staff/complaints/reports/month/2025-13")).Status);

        foreach (var name in (string[])["cause", "product", "store", "channel", "category", "priority", "clocks", "months", "ratings", "cases"])
        {
            var file = await manager.SendAsync(HttpMethod.Get, $"/staff/complaints/reports/{name}.csv?from=2025-01-01&to=2025-12-31");
            Assert.Equal("text/csv", file.Content.Headers.ContentType!.MediaType);
            Assert.True((await file.Content.ReadAsStringAsync(Cancel)).Split("\r\n").Length > 2, name);
        }
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await manager.SendAsync(HttpMethod.Get, "/staff/complaints/reports/2.csv")).StatusCode);
        var all = await (await manager.SendAsync(HttpMethod.Get, "/staff/complaints/reports/cases.csv?from=2025-01-01&to=2025-12-31")).Content.ReadAsStringAsync(Cancel);
        Assert.Equal(cases.Count + 2, all.Split("\r\n").Length);
    }

    private static readonly DateTime Midnight = new(2025, 5, 31, 23, 30, 0, DateTimeKind.Utc);

    private async Task<IReadOnlyList<CaseRow>> FillAsync()
    {
        await using var db = Server.OpenDatabase();
        if (!await db.Set<CaseRow>().AnyAsync(c => c.CreatedAt == Midnight, Cancel))
        {
            await Server.FillDeskAsync(agents: 3, open: 20, ended: 60, members: 10, seed: 7);
            var chance = new Random(3);
            string?[] causes = ["waiting-time", "waiting-time", "product-quality", "delivery", null];
            foreach (var row in await db.Set<CaseRow>().Where(c => c.Subject.StartsWith("Keluhan nomor")).OrderBy(c => c.Subject).ToListAsync(Cancel))
            {
                row.RootCause = causes[chance.Next(causes.Length)];
                row.Outcome = row.RootCause is null ? null : (Outcome)chance.Next(3);
                row.Store = chance.Next(3) switch { 0 => "Menteng", 1 => "Dago", _ => null };
                row.Product = chance.Next(2) == 0 ? "Kopi susu" : null;
                row.IsRepeat = chance.Next(4) == 0;
                var decided = row.Outcome is not null;
                row.Figures = new() { DecisionMinutes = decided ? chance.Next(2000) : null, DecisionMet = decided ? chance.Next(4) > 0 : null, ProcessRating = decided ? chance.Next(1, 6) : null, OutcomeRating = decided ? chance.Next(1, 6) : null, Points = chance.Next(500), RepliesMet = 1 };
                await db.SaveChangesAsync(Cancel);
                var filed = new DateTime(2025, 1, 1, 3, 0, 0, DateTimeKind.Utc).AddMinutes(chance.Next(360 * 1440));
                await db.Set<CaseRow>().Where(c => c.Id == row.Id).ExecuteUpdateAsync(s => s.SetProperty(c => c.CreatedAt, filed), Cancel);
            }
            var one = await db.Set<CaseRow>().Where(c => c.Subject == "Keluhan nomor 5").Select(c => c.Id).SingleAsync(Cancel);
            await db.Set<CaseRow>().Where(c => c.Id == one).ExecuteUpdateAsync(s => s.SetProperty(c => c.CreatedAt, Midnight), Cancel);
            var (_, member) = await Server.CustomerAsync();
            for (var i = 0; i < 4; i++)
                await Server.BuysAsync(A.Purchase(member.Id, 50_000m, new DateTime(2025, 7, 1 + i, 3, 0, 0, DateTimeKind.Utc)));
        }
        await using var fresh = Server.OpenDatabase();
        return await fresh.Set<CaseRow>().AsNoTracking().Where(c => c.Subject.StartsWith("Keluhan nomor")).ToListAsync(Cancel);
    }
}

public sealed class ReportsOnSqlite(SqlitePortal portal) : ReportTests(portal), IClassFixture<SqlitePortal>;

public sealed class ReportsOnPostgres(PostgresPortal portal) : ReportTests(portal), IClassFixture<PostgresPortal>;
