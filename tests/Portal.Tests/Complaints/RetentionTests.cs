using System.Net;
using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Complaints;
using Portal.Features.Complaints.Retention;
using Portal.Features.Complaints.Thread;
using Portal.Identity;
using Portal.Platform.Mail;
using Tests.Shared;

namespace Portal.Tests.Complaints;

/// <summary>What tells who a person was and what they wrote goes after the configured time or on request; what reports count stays.</summary>
public abstract class RetentionTests(PortalFixture portal)
{
    private const string Secret = "Zebra-Mangkok-77";

    private PortalServer Server => portal.Server;

    private Task<int> RoundAsync() => Server.Services.GetRequiredService<EraseCases>().RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public async Task After_the_configured_time_words_files_and_names_are_gone_and_the_figures_stay()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var path = (await customer.FileAsync($"{Secret} was cold", [new("files", "receipt.png", "image/png", Desk.Png)])).Path;
        var reference = path.Split('/')[^1];
        await agent.InvestigateAsync(reference);
        await agent.StepAsync(reference, "note", ("Note", $"Note about {Secret}"));
        await agent.DecideAsync(reference);
        await customer.SubmitAsync(await customer.GetAsync(path), "accept");
        await customer.SubmitAsync(await customer.GetAsync(path), "rate", ("Process", "4"), ("Outcome", "5"));
        var open = (await customer.FileAsync($"{Secret} still open")).Path;
        var before = await Server.CaseAsync(reference);
        Assert.Equal(CaseState.Closed, before.State);

        Server.Time.Advance(TimeSpan.FromDays(729));
        await RoundAsync();
        Assert.Contains(Secret, (await (await Server.StaffAsync(Roles.Manager, "en")).GetAsync($"/staff/complaints/{reference}")).Text);
        Server.Time.Advance(TimeSpan.FromDays(2));
        Assert.True(await RoundAsync() >= 1);
        Assert.Equal(0, await RoundAsync());

        var after = await Server.CaseAsync(reference);
        await using var db = Server.OpenDatabase();
        var events = await db.Set<CaseEventRow>().Where(e => e.CaseId == after.Id).Select(e => e.Payload).ToListAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(events, e => e.Contains(Secret, StringComparison.Ordinal));
        Assert.False(await db.Set<CaseAttachmentRow>().AnyAsync(a => a.CaseId == after.Id, TestContext.Current.CancellationToken));
        Assert.False(await db.Set<OutboxRow>().AnyAsync(m => m.EventId.Contains(reference), TestContext.Current.CancellationToken));
        Assert.Equal((null, null, null, null, reference), (after.MemberId, after.ContactName, after.ContactEmail, after.LinkHash, after.Subject));
        Assert.Equal((before.State, before.Category, before.Outcome, before.RootCause, before.CreatedAt, before.ClosedAt, before.Version),
            (after.State, after.Category, after.Outcome, after.RootCause, after.CreatedAt, after.ClosedAt, after.Version));
        Assert.Equivalent(before.Figures, after.Figures, strict: true);
        var @case = (await Server.Services.GetRequiredService<CaseBook>().ReadAsync(db, db.Set<CaseRow>().Where(c => c.Id == after.Id), TestContext.Current.CancellationToken))!;
        Assert.Equal((4, 5), (@case.Case.Rating!.Process, @case.Case.Rating.Outcome));

        var desk = await (await Server.StaffAsync(Roles.Manager, "en")).GetAsync($"/staff/complaints/{reference}");
        Assert.Equal(HttpStatusCode.OK, desk.Status);
        Assert.Contains("Personal data was deleted", desk.Text);
        Assert.DoesNotContain(Secret, desk.Html);
        Assert.Contains(Secret, (await (await Server.StaffAsync(Roles.Manager, "en")).GetAsync("/staff" + open)).Text); // an open case is never erased by time
    }

    [Fact]
    public async Task A_guest_erases_an_ended_case_and_the_link_opens_nothing_any_more()
    {
        var guest = Server.Visitor("en");
        var path = (await guest.FileAsync($"{Secret} as a guest", email: "zebra@example.com")).Path;
        var row = await Server.CaseBySubjectAsync($"{Secret} as a guest");
        Assert.Null((await guest.GetAsync(path)).Document.QuerySelector("#erase-sure")); // not while it is open
        var ended = await guest.SubmitAsync(await guest.GetAsync(path), "withdraw", ("Text", "solved"));

        Assert.Contains("tick the box", (await guest.SubmitAsync(ended, "erase")).Text);
        var done = await guest.SubmitAsync(ended, "erase", ("Sure", "true"));

        Assert.Contains("is deleted", done.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync(path)).Status);
        var after = await Server.CaseAsync(row.Reference);
        Assert.Equal((null, null, CaseState.Withdrawn), (after.ContactEmail, after.ContactKey, after.State));
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        Assert.Contains("nothing can be added", (await agent.StepAsync(row.Reference, "note", ("Note", Secret))).Text);
    }

    [Fact]
    public async Task A_member_erases_one_case_and_keeps_the_others_and_a_manager_may_do_it_for_a_caller()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var first = (await customer.FileAsync("First of two")).Path;
        var second = (await customer.FileAsync("Second of two")).Path;
        await customer.SubmitAsync(await customer.GetAsync(first), "withdraw", ("Text", ""));
        await customer.SubmitAsync(await customer.GetAsync(second), "withdraw", ("Text", ""));

        var list = await customer.SubmitAsync(await customer.GetAsync(first), "erase", ("Sure", "true"));
        Assert.Equal("/complaints", list.Path);
        Assert.DoesNotContain("First of two", list.Text);
        Assert.Contains("Second of two", list.Text);

        var agent = await Server.StaffAsync(Roles.Agent, "en");
        Assert.Null((await agent.GetAsync("/staff" + second)).Document.QuerySelector("#erase-sure"));
        var manager = await Server.StaffAsync(Roles.Manager, "en");
        await manager.SubmitAsync(await manager.GetAsync("/staff" + second), "erase", ("Sure", "true"));
        Assert.DoesNotContain("Second of two", (await customer.GetAsync("/complaints")).Text);
    }

    [Fact]
    public async Task Half_written_texts_go_after_a_month()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var page = await customer.FileAsync("With a draft");
        Assert.True(await Server.Services.GetRequiredService<CaseDrafts>().SaveAsync(
            new StaffDoor(page.Path.Split('/')[^1]), CaseDrafts.Customer, "Reply", "Begun", TestContext.Current.CancellationToken));

        Server.Time.Advance(TimeSpan.FromDays(31));
        await RoundAsync();

        Assert.Equal("", (await customer.GetAsync(page.Path)).Element("#text-message").TextContent);
    }
}

public sealed class RetentionOnSqlite(SqlitePortal portal) : RetentionTests(portal), IClassFixture<SqlitePortal>;

public sealed class RetentionOnPostgres(PostgresPortal portal) : RetentionTests(portal), IClassFixture<PostgresPortal>;
