using Complaints.Cases;
using Complaints.Timing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Complaints;
using Portal.Features.Complaints.Staff.Service;
using Portal.Identity;
using Tests.Shared;

namespace Portal.Tests.Complaints;

/// <summary>Calendars and targets are changed on pages; open cases follow without losing a pause.</summary>
public abstract class ServiceRulePageTests(PortalFixture portal)
{
    private PortalServer Server => portal.Server;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_holiday_moved_by_decree_moves_open_dates_keeps_pauses_and_what_is_stored_is_what_is_computed()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var manager = await Server.StaffAsync(Roles.Manager, "en");
        var running = (await customer.FileAsync("Runs over the change")).Path.Split('/')[^1];
        var paused = (await customer.FileAsync("Stands still over the change")).Path.Split('/')[^1];
        await agent.InvestigateAsync(running);
        await agent.InvestigateAsync(paused);
        await agent.StepAsync(running, "reply", ("Reply", "We look into it."));
        await agent.StepAsync(paused, "ask", ("Question", "Which store?"));
        var before = (await Server.CaseAsync(running)).NextDueAt;
        var day = DateOnly.FromDateTime(before!.Value.AddHours(7));

        var page = await manager.GetAsync($"/staff/complaints/calendars/office?year={day.Year}");
        var row = page.Document.QuerySelectorAll("input[type=date]").Select((e, i) => (Empty: string.IsNullOrEmpty(e.GetAttribute("value")), i)).First(e => e.Empty).i;
        var saved = await manager.SubmitAsync(page, "calendar",
            ($"Form.Holidays[{row}].Date", ReportDay(day)), ($"Form.Holidays[{row}].Name", "Cuti bersama"), ($"Form.Holidays[{row}].Provisional", "true"));
        Assert.Contains("open cases have followed", saved.Text);

        Assert.True((await Server.CaseAsync(running)).NextDueAt > before);
        var still = await Server.CaseAsync(paused);
        Assert.NotNull(still.PausedSince);
        foreach (var reference in (string[])[running, paused])
            await StoredEqualsComputedAsync(reference);
        Assert.Contains("provisional", saved.Text);

        // Back again, so that other tests of the class find the dates they know.
        await Server.Services.GetRequiredService<AdoptRules>().RunAsync(Cancel);
    }

    [Fact]
    public async Task A_calendar_without_working_time_and_other_mistakes_are_refused_at_their_fields()
    {
        var manager = await Server.StaffAsync(Roles.Manager, "en");
        var page = await manager.GetAsync("/staff/complaints/calendars/office?year=2027");
        Assert.Contains("Idulfitri", string.Join(' ', page.Document.QuerySelectorAll("input").Select(i => i.GetAttribute("value"))));
        var wrong = await manager.SubmitAsync(page, "calendar", ("Form.Week[1]", "08:00-12:00, 11:00-13:00"), ("Form.Week[2]", "eight to five"), ("Form.Holidays[0].Date", "2026-01-01"));
        Assert.Contains("overlaps", wrong.Element("#f-form-week-1-error").TextContent);
        Assert.Contains("no interval", wrong.Element("#f-form-week-2-error").TextContent);
        Assert.Contains("Only days of 2027", wrong.Element("#holiday-0-error").TextContent);
        Assert.Equal("eight to five", wrong.Element("#f-form-week-2").GetAttribute("value"));

        var empty = await manager.SubmitAsync(await manager.GetAsync("/staff/complaints/calendars/office?year=2031"), "calendar",
            [.. Enumerable.Range(0, 7).Select(d => ($"Form.Week[{d}]", (string?)""))]);
        Assert.Contains("no working time at all", empty.Text);
        Assert.Contains("does not exist", (await manager.SubmitAsync(page, "calendar", ("Form.Zone", "Asia/Atlantis"))).Text);
    }

    [Fact]
    public async Task Shorter_targets_for_a_category_count_for_open_cases_and_new_ones()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var manager = await Server.StaffAsync(Roles.Manager, "en");
        var open = (await customer.FileAsync("Open before the targets")).Path.Split('/')[^1];
        var before = await DecisionDueAsync(open);

        var page = await manager.GetAsync("/staff/complaints/policy?category=waiting");
        var half = await manager.SubmitAsync(page, "policy", ("Form.Targets[2].Acknowledge", "1"));
        Assert.Contains("0.25 to 2000 hours", half.Text);
        var saved = await manager.SubmitAsync(page, "policy", ("Form.Targets[2].Acknowledge", "1"), ("Form.Targets[2].FirstReply", "2"), ("Form.Targets[2].NextReply", "2"),
            ("Form.Targets[2].Decision", "4.5"), ("Form.Targets[2].SecondReview", "8"));
        Assert.Contains("is saved", saved.Text);

        var after = await DecisionDueAsync(open);
        Assert.True(after < before);
        await StoredEqualsComputedAsync(open);
        var fresh = (await customer.FileAsync("Filed after the targets")).Path.Split('/')[^1];
        Assert.Equal(after - (await Server.CaseAsync(open)).CreatedAt, await DecisionDueAsync(fresh) - (await Server.CaseAsync(fresh)).CreatedAt);
        Assert.Contains("saved the targets meanwhile", (await manager.SubmitAsync(page, "policy")).Text);
        await using var db = Server.OpenDatabase();
        Assert.NotNull((await db.Set<ServicePolicyRow>().OrderByDescending(p => p.Version).FirstAsync(Cancel)).SavedBy);
    }

    [Fact]
    public async Task Escalation_levels_and_limits_are_edited_and_wrong_ones_refused()
    {
        var manager = await Server.StaffAsync(Roles.Manager, "en");
        var page = await manager.GetAsync("/staff/complaints/policy");
        var levels = page.Document.QuerySelectorAll(".level").Length;
        var wrong = await manager.SubmitAsync(page, "policy", ("RootCauses", "Bad Cause"), ("Reminders", "0"));
        Assert.Contains("is no code", wrong.Element("#f-form-rootcauses-error").TextContent);
        Assert.Contains("1 to 10", wrong.Element("#f-form-reminders-error").TextContent);

        var saved = await manager.SubmitAsync(page, "policy", ($"Form.Levels[{levels - 1}].Hours", "2"), ($"Form.Levels[{levels - 1}].Clock", "Decision"), ($"Form.Levels[{levels - 1}].Action", "AlertManager"), ("Form.Levels[0].Remove", "true"));
        Assert.Contains("is saved", saved.Text);
        await using var db = Server.OpenDatabase();
        var policy = ServiceRules.Policy(await db.Set<ServicePolicyRow>().OrderByDescending(p => p.Version).FirstAsync(Cancel));
        Assert.Contains(policy.Escalations, l => l.Clock == ClockKind.Decision && l.Offset == TimeSpan.FromHours(2) && l.Key == "decision-alertmanager-1");
        Assert.DoesNotContain(policy.Escalations, l => l.Key == "first-reply-unassigned");
    }

    private static string ReportDay(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<DateTime?> DecisionDueAsync(string reference) => (await ClocksAsync(reference)).Clocks.Single(c => c.Kind == ClockKind.Decision).Due;

    private async Task StoredEqualsComputedAsync(string reference)
    {
        var (row, clocks) = await ClocksAsync(reference);
        Assert.Equal(global::Complaints.Timing.Clocks.NextDue(clocks), row.NextDueAt);
    }

    private async Task<(CaseRow Row, IReadOnlyList<ClockReading> Clocks)> ClocksAsync(string reference)
    {
        await using var db = Server.OpenDatabase();
        var open = (await Server.Services.GetRequiredService<CaseBook>().ReadAsync(db, db.Set<CaseRow>().Where(c => c.Reference == reference), Cancel))!;
        return (open.Row, open.Clocks(Server.Time.GetUtcNow().UtcDateTime));
    }
}

public sealed class ServiceRulePagesOnSqlite(SqlitePortal portal) : ServiceRulePageTests(portal), IClassFixture<SqlitePortal>;

public sealed class ServiceRulePagesOnPostgres(PostgresPortal portal) : ServiceRulePageTests(portal), IClassFixture<PostgresPortal>;
