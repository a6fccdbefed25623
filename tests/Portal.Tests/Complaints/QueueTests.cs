using Complaints.Calendars;
using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Complaints;
using Portal.Features.Complaints.Staff;
using Portal.Features.Complaints.Staff.Teams;
using Portal.Identity;
using Tests.Shared;

namespace Portal.Tests.Complaints;

/// <summary>The desk's queue: its order, its filters, and how often it asks the database.</summary>
public abstract class QueueTests(PortalFixture portal)
{
    private PortalServer Server => portal.Server;

    private DeskQueue Queue => Server.Services.GetRequiredService<DeskQueue>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_of_fifty_cases_asks_the_database_as_often_as_a_page_of_none()
    {
        await FillAsync();
        await Queue.ListAsync(new(QueueScope.Open), Cancel); // calendars are read once by a process
        var none = CommandCount.Start();
        Assert.Empty((await Queue.ListAsync(new(QueueScope.Open, Search: "nothing is called so"), Cancel)).Lines);
        var full = CommandCount.Start();
        Assert.Equal(DeskQueue.PageSize, (await Queue.ListAsync(new(QueueScope.Open, Search: "nomor"), Cancel)).Lines.Count);
        var plain = CommandCount.Start();
        Assert.Equal(DeskQueue.PageSize, (await Queue.ListAsync(new(QueueScope.Open), Cancel)).Lines.Count);

        Assert.InRange(full.Count, 1, 7);
        Assert.Equal(full.Count, none.Count);
        Assert.Equal(full.Count - 1, plain.Count); // its number of lines is one of the figures above it
    }

    [Fact]
    public async Task What_has_the_least_working_time_left_comes_first_over_all_pages()
    {
        await FillAsync();
        List<TimeSpan> left = [];
        for (var page = 1; page <= 3; page++)
            left.AddRange((await Queue.ListAsync(new(QueueScope.Open, Page: page), Cancel)).Lines.Select(l => l.Left ?? TimeSpan.MaxValue));
        Assert.Equal(120, left.Count);
        Assert.Equal(left.Order(), left);
        Assert.Contains(left, l => l < TimeSpan.Zero);
    }

    [Fact]
    public async Task Under_two_calendars_the_working_time_decides_and_not_the_date()
    {
        await FillAsync();
        await using (var db = Server.OpenDatabase())
        {
            if (!await db.Set<CalendarRow>().AnyAsync(c => c.Id == "always", Cancel))
                db.Add(ServiceRules.Row(new CalendarDefinition("always", 1, "Asia/Jakarta", Enum.GetValues<DayOfWeek>().ToDictionary(d => d, _ => (IReadOnlyList<WorkingInterval>)[new(0, 1440)]), []), Server.Time.GetUtcNow().UtcDateTime));
            await db.SaveChangesAsync(Cancel);
            await db.Set<CaseRow>().Where(c => c.Team == "billing").ExecuteUpdateAsync(s => s.SetProperty(c => c.CalendarId, "always"), Cancel);
        }
        var result = await Queue.ListAsync(new(QueueScope.Open), Cancel);
        var left = result.Lines.Select(l => l.Left ?? TimeSpan.MaxValue).ToList();
        Assert.Equal(left.Order(), left);
        Assert.NotEqual(result.Lines.Select(l => l.NextDueAt).Order(), result.Lines.Select(l => l.NextDueAt));
        await using var back = Server.OpenDatabase();
        await back.Set<CaseRow>().ExecuteUpdateAsync(s => s.SetProperty(c => c.CalendarId, ServiceRules.OfficeCalendar), Cancel);
    }

    [Fact]
    public async Task Each_filter_gives_what_it_says()
    {
        var me = await FillAsync();
        var now = Server.Time.GetUtcNow().UtcDateTime;
        Assert.All(await LinesAsync(new(QueueScope.Mine, me)), l => Assert.Equal("Petugas 0", l.Assignee));
        Assert.All(await LinesAsync(new(QueueScope.MyTeams, me)), l => Assert.Equal("Team front", l.Team));
        Assert.All(await LinesAsync(new(QueueScope.Unassigned)), l => Assert.Null(l.Assignee));
        Assert.All(await LinesAsync(new(QueueScope.Open, State: CaseState.Assessed)), l => Assert.Equal(CaseState.Assessed, l.State));
        Assert.All(await LinesAsync(new(QueueScope.Open, Priority: Priority.High)), l => Assert.Equal(Priority.High, l.Priority));
        Assert.All(await LinesAsync(new(QueueScope.Open, Team: "senior")), l => Assert.Equal("Team senior", l.Team));
        Assert.All(await LinesAsync(new(QueueScope.Open, Due: QueueDue.Late)), l => Assert.True(l.NextDueAt < now));
        Assert.All(await LinesAsync(new(QueueScope.Open, Due: QueueDue.Soon)), l => Assert.InRange(l.Left!.Value, TimeSpan.Zero, TimeSpan.FromHours(4)));
        Assert.All(await LinesAsync(new(QueueScope.Open, Due: QueueDue.Today)), l => Assert.InRange(l.NextDueAt!.Value, now, now.AddDays(1)));
        Assert.All(await LinesAsync(new(QueueScope.Open, Due: QueueDue.StandsStill)), l => Assert.Null(l.Left));
        Assert.All(await LinesAsync(new(QueueScope.Ended)), l => Assert.Equal(CaseState.Closed, l.State));
    }

    [Fact]
    public async Task The_counts_above_the_queue_are_those_of_its_filters()
    {
        var me = await FillAsync();
        var result = await Queue.ListAsync(new(QueueScope.Open, me), Cancel);
        Assert.Equal(result.Counts.Open, result.Total);
        Assert.Equal(result.Counts.Late, (await Queue.ListAsync(new(QueueScope.Open, Due: QueueDue.Late), Cancel)).Total);
        Assert.Equal(result.Counts.Unassigned, (await Queue.ListAsync(new(QueueScope.Unassigned), Cancel)).Total);
        Assert.Equal(result.Counts.Mine, (await Queue.ListAsync(new(QueueScope.Mine, me), Cancel)).Total);
    }

    [Fact]
    public async Task The_page_shows_cases_and_keeps_its_filters_in_the_address()
    {
        await FillAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var page = await agent.GetAsync("/staff/complaints?due=Late&priority=High");
        Assert.Contains("late", page.Element("tbody tr td").TextContent);
        Assert.Equal("Late", page.Element("#f-due option[selected]").GetAttribute("value"));
        Assert.DoesNotContain("Low", page.Element("tbody").TextContent);
    }

    private async Task<IReadOnlyList<QueueLine>> LinesAsync(QueueFilter filter)
    {
        var lines = (await Queue.ListAsync(filter, Cancel)).Lines;
        Assert.NotEmpty(lines);
        return lines;
    }

    private async Task<Guid> FillAsync()
    {
        await using var db = Server.OpenDatabase();
        if (!await db.Set<TeamRow>().AnyAsync(t => t.Key == "billing", Cancel))
            await Server.FillDeskAsync(agents: 8, open: 120, ended: 60, members: 20);
        return await db.Users.Where(u => u.Email == "desk0@staff.test").Select(u => u.Id).SingleAsync(Cancel);
    }
}

public sealed class QueueOnSqlite(SqlitePortal portal) : QueueTests(portal), IClassFixture<SqlitePortal>;

public sealed class QueueOnPostgres(PostgresPortal portal) : QueueTests(portal), IClassFixture<PostgresPortal>;
