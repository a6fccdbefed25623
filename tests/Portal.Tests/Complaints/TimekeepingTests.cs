using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Portal.Features.Complaints;
using Portal.Features.Complaints.Timekeeping;
using Portal.Identity;
using Portal.Platform.Mail;
using Tests.Shared;

namespace Portal.Tests.Complaints;

/// <summary>What the clocks bring by themselves: messages before a date, alerts to the right people, once, and no case in another's way.</summary>
public abstract class TimekeepingTests(PortalFixture portal)
{
    private PortalServer Server => portal.Server;

    [Fact]
    public async Task Each_level_reaches_the_people_it_names_once_although_two_nodes_look()
    {
        await using var second = new PortalServer(Server.Database, new() { Time = Server.Time });
        var (customer, _) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        await Server.StaffAsync(Roles.Manager, "en");
        var reference = (await customer.FileAsync("Escalates")).Path.Split('/')[^1];
        await agent.StepAsync(reference, "take");

        await PassAsync(TimeSpan.FromDays(12), Server, second);

        await using var db = Server.OpenDatabase();
        var alerts = await db.Set<OutboxRow>().AsNoTracking().Where(m => m.EventId.StartsWith($"desk:{reference}:")).ToListAsync(TestContext.Current.CancellationToken);
        Assert.All(alerts, a => Assert.Equal("case-alert", a.Template));
        Assert.Equal(alerts.Count, alerts.DistinctBy(a => (a.EventId, a.Address)).Count());
        string[] Of(string level) => [.. alerts.Where(a => a.EventId.EndsWith(":" + level, StringComparison.Ordinal)).Select(a => a.Address).Order()];
        Assert.Equal(["agent@staff.test"], Of("first-reply-soon"));
        Assert.Equal(["manager@staff.test"], Of("first-reply-missed"));
        Assert.Equal(["agent@staff.test"], Of("decision-soon"));
        Assert.Equal(["manager@staff.test"], Of("decision-missed"));
        Assert.Empty(Of("first-reply-unassigned")); // somebody had it
        var missed = alerts.Single(a => a.EventId.EndsWith(":decision-missed", StringComparison.Ordinal));
        Assert.Contains("belum terjadi", missed.Model); // that manager reads Indonesian
        var fired = await db.Set<CaseEventRow>().Where(e => e.Type == "escalation").Select(e => e.Payload).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(fired.Count, fired.Distinct().Count());
    }

    [Fact]
    public async Task The_customer_hears_before_each_date_and_of_each_missed_one_once()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var reference = (await customer.FileAsync("Silent desk")).Path.Split('/')[^1];
        var agent = await Server.StaffAsync(Roles.Agent, "en");

        await PassAsync(TimeSpan.FromHours(20), Server);
        await agent.StepAsync(reference, "reply", ("Reply", "We look at it.")); // before the assessment, which shortens the targets
        await agent.InvestigateAsync(reference);
        await customer.SubmitAsync(await customer.GetAsync($"/complaints/{reference}"), "message", ("Text", "And?"));
        await PassAsync(TimeSpan.FromDays(12), Server);

        var history = await HistoryAsync(reference);
        var told = history.OfType<EscalationRaised>().Where(e => e.Level.EndsWith("-customer", StringComparison.Ordinal)).ToDictionary(e => e.Clock, e => e.At);
        foreach (var breach in history.OfType<ClockBreached>().Where(b => b.Clock.Kind != global::Complaints.Timing.ClockKind.Acknowledge))
            Assert.True(told.TryGetValue(breach.Clock, out var at) && at < breach.Due, $"{breach.Clock} was missed without a message before");
        Assert.Contains(told.Keys, c => c.Kind == global::Complaints.Timing.ClockKind.Decision);
        Assert.Contains(told.Keys, c => c.Kind == global::Complaints.Timing.ClockKind.NextReply);
        var mails = await Server.MailsAsync(reference);
        Assert.Equal(mails.Count, mails.Select(m => m.EventId).Distinct().Count());
        Assert.Contains(mails, m => m.Model.Contains("We are still working on your complaint", StringComparison.Ordinal));
        Assert.Contains(mails, m => m.Model.Contains("We are sorry: this takes longer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_priority_that_puts_a_date_into_the_past_tells_the_customer_the_new_one_at_once_and_no_past_one()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        await Server.StaffAsync(Roles.Manager, "en");
        var reference = (await customer.FileAsync("Turns out to be about safety")).Path.Split('/')[^1];
        await agent.StepAsync(reference, "reply", ("Reply", "We look at it."));
        await PassAsync(TimeSpan.FromDays(4), Server);
        Assert.False((await Server.CaseAsync(reference)).Breached);
        var before = (await Server.MailsAsync(reference)).Count;

        await agent.StepAsync(reference, "assess", ("Safety", "true"));

        var now = Server.Time.GetUtcNow().UtcDateTime;
        Assert.True((await Server.CaseAsync(reference)).Breached);
        var mail = Assert.Single((await Server.MailsAsync(reference)).Skip(before));
        Assert.Contains("We have put your complaint ahead of others", mail.Model);
        Assert.DoesNotContain("sorry", mail.Model);
        Assert.DoesNotContain("We told you", (await customer.GetAsync($"/complaints/{reference}")).Text);
        await using (var db = Server.OpenDatabase())
            Assert.True(await db.Set<OutboxRow>().AnyAsync(m => m.EventId.StartsWith($"desk:{reference}:") && m.EventId.EndsWith(":decision-missed"), TestContext.Current.CancellationToken));
        var open = await CaseOfAsync(reference);
        Assert.True(global::Complaints.Views.CaseSummary.For(open.Case, open.Clocks(now), open.Rules.Policy, open.Rules.Calendar, now).Date > now);
        Assert.Equal(0, await Server.TickAsync()); // nothing was left for the next round
    }

    [Fact]
    public async Task A_case_that_cannot_be_worked_on_keeps_no_other_waiting_and_administrators_see_it()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var broken = (await customer.FileAsync("Will be broken")).Path.Split('/')[^1];
        var sound = (await customer.FileAsync("Stays sound")).Path.Split('/')[^1];
        string payload;
        await using (var db = Server.OpenDatabase())
        {
            var id = (await Server.CaseAsync(broken)).Id;
            payload = await db.Set<CaseEventRow>().Where(e => e.CaseId == id && e.Sequence == 2).Select(e => e.Payload).SingleAsync(TestContext.Current.CancellationToken);
            await db.Set<CaseEventRow>().Where(e => e.CaseId == id && e.Sequence == 2).ExecuteUpdateAsync(s => s.SetProperty(e => e.Payload, "{"), TestContext.Current.CancellationToken);
        }

        Server.Time.Advance(TimeSpan.FromDays(14));
        await Server.TickAsync();

        Assert.True((await Server.CaseAsync(sound)).Breached);
        var health = await HealthAsync();
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains($"{broken} (JsonException, 1 tries", health.Description);
        var admin = await Server.StaffAsync(Roles.Administrator, "en");
        Assert.Contains(broken, (await admin.GetAsync("/staff")).Text);
        Assert.Equal(0, await Server.TickAsync()); // postponed, not tried again at once

        await using (var db = Server.OpenDatabase())
        {
            var id = (await Server.CaseAsync(broken)).Id;
            await db.Set<CaseEventRow>().Where(e => e.CaseId == id && e.Sequence == 2).ExecuteUpdateAsync(s => s.SetProperty(e => e.Payload, payload), TestContext.Current.CancellationToken);
        }
        Server.Time.Advance(TimeSpan.FromMinutes(5));
        await Server.TickAsync();
        Assert.True((await Server.CaseAsync(broken)).Breached);
        await using var after = Server.OpenDatabase();
        Assert.Empty(await after.Set<CaseTroubleRow>().ToListAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("id-ID")]
    [InlineData("en")]
    public async Task Every_change_is_mailed_once_in_the_customers_language(string language)
    {
        var (customer, member) = await Server.CustomerAsync(m => m.Language = language, "en"); // whatever the browser speaks
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var manager = await Server.StaffAsync(Roles.Manager, "en");
        var path = (await customer.FileAsync($"Through everything {language}")).Path;
        var reference = path.Split('/')[^1];
        var seen = 0;
        async Task MailedAsync(int more)
        {
            var mails = await Server.MailsAsync(reference);
            Assert.Equal(seen += more, mails.Count);
            Assert.All(mails, m => Assert.Equal((language[..2], member.Email), (m.Language[..2], m.Address)));
            Assert.Equal(mails.Count, mails.Select(m => m.EventId).Distinct().Count());
        }

        await MailedAsync(1); // received
        await agent.InvestigateAsync(reference);
        await agent.StepAsync(reference, "note", ("Note", "Only for us"));
        await MailedAsync(0);
        await agent.StepAsync(reference, "reply", ("Reply", "Hello"));
        await MailedAsync(1);
        await agent.StepAsync(reference, "ask", ("Question", "Which?"));
        await MailedAsync(1);
        await customer.SubmitAsync(await customer.GetAsync(path), "message", ("Text", "That one"));
        await MailedAsync(0);
        await agent.DecideAsync(reference);
        await MailedAsync(1);
        await customer.SubmitAsync(await customer.GetAsync(path), "dispute", ("Text", "No"));
        await MailedAsync(0);
        await manager.StepAsync(reference, "review");
        await MailedAsync(1);
        await manager.DecideAsync(reference, "final");
        await MailedAsync(1);
        await manager.StepAsync(reference, "close");
        await MailedAsync(1);
        await customer.SubmitAsync(await customer.GetAsync(path), "reopen", ("Text", "Still wrong"));
        await MailedAsync(1);
        await customer.SubmitAsync(await customer.GetAsync(path), "withdraw", ("Text", ""));
        await MailedAsync(1);
    }

    private static async Task PassAsync(TimeSpan time, params PortalServer[] nodes)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMinutes(15))
        {
            nodes[0].Time.Advance(TimeSpan.FromMinutes(15));
            await Task.WhenAll(nodes.Select(n => n.TickAsync()));
        }
    }

    private async Task<HealthReportEntry> HealthAsync() =>
        (await Server.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(c => c.Name == "complaints", TestContext.Current.CancellationToken)).Entries["complaints"];

    private async Task<IReadOnlyList<CaseEvent>> HistoryAsync(string reference) => (await CaseOfAsync(reference)).Case.History;

    private async Task<OpenCase> CaseOfAsync(string reference)
    {
        await using var db = Server.OpenDatabase();
        return (await Server.Services.GetRequiredService<CaseBook>().ReadAsync(db, db.Set<CaseRow>().Where(c => c.Reference == reference), TestContext.Current.CancellationToken))!;
    }
}

public sealed class TimekeepingOnSqlite(SqlitePortal portal) : TimekeepingTests(portal), IClassFixture<SqlitePortal>;

public sealed class TimekeepingOnPostgres(PostgresPortal portal) : TimekeepingTests(portal), IClassFixture<PostgresPortal>;
