using Complaints.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Complaints.Staff.Approvals;
using Portal.Features.Complaints.Staff.Replies;
using Portal.Identity;
using Portal.Rewarding.Ledger;
using Tests.Shared;

namespace Portal.Tests.Complaints;

/// <summary>What agents do beside the steps of the process: prepared replies, merging, approvals, handing over.</summary>
public abstract class DeskWorkTests(PortalFixture portal)
{
    private PortalServer Server => portal.Server;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_prepared_reply_is_put_into_the_answer_in_the_customers_language_and_sent_only_by_hand()
    {
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var saved = await agent.SubmitAsync(await agent.GetAsync("/staff/complaints/replies/new"), "reply",
            ("Title", "We look into it"), ("TextId", "Halo {name}, kasus {reference} sedang kami periksa."), ("TextEn", "Hello {name}, we look into case {reference}."));
        Assert.Contains("We look into it", saved.Text);
        var (customer, member) = await Server.EnglishCustomerAsync();
        var reference = (await customer.FileAsync("For a prepared reply")).Path.Split('/')[^1];
        var before = await Server.CaseAsync(reference);

        var page = await agent.GetAsync($"/staff/complaints/{reference}");
        var inserted = await agent.SubmitAsync(page, "reply", ("Canned", page.Element("#canned option:last-child").GetAttribute("value")), ("Reply", "Thank you for waiting."), ("Form.Insert", "reply"));

        Assert.Equal($"Thank you for waiting.\n\nHello {member.Name}, we look into case {reference}.", inserted.Element("#reply-Reply").TextContent.ReplaceLineEndings("\n"));
        Assert.Equal(before.Version, (await Server.CaseAsync(reference)).Version);
        await agent.SubmitAsync(inserted, "reply", ("Form.Insert", null));
        Assert.Contains($"we look into case {reference}.", (await customer.GetAsync($"/complaints/{reference}")).Text);
    }

    [Fact]
    public async Task A_prepared_reply_needs_both_languages_and_places_that_exist()
    {
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var page = await agent.SubmitAsync(await agent.GetAsync("/staff/complaints/replies/new"), "reply", ("Title", "Half"), ("TextEn", "Dear {nmae},"));
        Assert.Contains("their text", page.Element("#f-form-textid-error").TextContent);
        Assert.Contains("nmae", page.Element("#f-form-texten-error").TextContent);
        Assert.Contains("character 6", page.Element("#f-form-texten-error").TextContent);
        var preview = await agent.SubmitAsync(page, "reply", ("TextEn", "Dear {name},"), ("Form.Do", "preview"));
        Assert.Contains("Dear Ayu Lestari,", preview.Text);
        await using var db = Server.OpenDatabase();
        Assert.False(await db.Set<CannedReplyRow>().AnyAsync(r => r.Title == "Half", Cancel));
    }

    [Fact]
    public async Task A_complaint_filed_twice_is_found_and_merged_and_the_customer_told_once()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var first = (await customer.FileAsync("My milk coffee arrived cold and without the lid")).Path.Split('/')[^1];
        await agent.InvestigateAsync(first);
        await agent.StepAsync(first, "reply", ("Reply", "We ask the store."));
        Server.Time.Advance(TimeSpan.FromMinutes(30));
        var second = (await customer.FileAsync("My milk coffee arrived cold and without the lid, again", [new("files", "cup.png", "image/png", Desk.Png)])).Path.Split('/')[^1];
        var mailsBefore = (await Server.MailsAsync(first)).Count;
        var owed = (await Server.CaseAsync(second)).CreatedAt;

        var page = await agent.GetAsync($"/staff/complaints/{second}");
        Assert.Contains("Possibly the same", page.Text);
        var kept = await agent.SubmitAsync(page, $"merge-{first}");

        Assert.EndsWith(first, kept.Path, StringComparison.Ordinal);
        Assert.Contains("without the lid, again", kept.Text);
        Assert.Contains($"from {second}", kept.Text);
        Assert.Contains("cup.png", kept.Text);
        var file = kept.Element("a[href*='/files/']").GetAttribute("href")!;
        Assert.Equal(System.Net.HttpStatusCode.OK, (await agent.SendAsync(HttpMethod.Get, file)).StatusCode);
        Assert.Equal((CaseState.Duplicate, first), ((await Server.CaseAsync(second)).State, (await Server.CaseAsync(second)).MergedInto));
        Assert.Equal(mailsBefore, (await Server.MailsAsync(first)).Count);
        Assert.Contains(first, (await Server.MailsAsync(second))[^1].Model);

        // The reply owed on the second one is owed on the first one now, since it was there.
        var row = await Server.CaseAsync(first);
        Assert.True(row.NextDueAt < row.CreatedAt.AddDays(3));
        Assert.Equal(1, (await EventsAsync(first)).OfType<DuplicateAbsorbed>().Count(e => e.UnansweredSince == owed));

        var seen = await customer.GetAsync($"/complaints/{first}");
        Assert.Contains("without the lid, again", seen.Text);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await customer.SendAsync(HttpMethod.Get, seen.Element("a[href*='/files/']").GetAttribute("href")!)).StatusCode);
    }

    [Fact]
    public async Task Only_the_older_case_of_the_same_customer_takes_another_in()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var (other, _) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var older = (await customer.FileAsync("Filed first")).Path.Split('/')[^1];
        Server.Time.Advance(TimeSpan.FromMinutes(1));
        var newer = (await customer.FileAsync("Filed second")).Path.Split('/')[^1];
        var foreign = (await other.FileAsync("Of somebody else")).Path.Split('/')[^1];
        Assert.Contains("keeps its dates", (await agent.StepAsync(older, "duplicate", ("DuplicateOf", newer))).Text);
        Assert.Contains("two customers", (await agent.StepAsync(newer, "duplicate", ("DuplicateOf", foreign))).Text);
        Assert.Equal(CaseState.Acknowledged, (await Server.CaseAsync(newer)).State);
    }

    [Fact]
    public async Task Who_leaves_while_accepting_a_decision_meets_no_error_and_leaves_no_open_case_behind()
    {
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        for (var round = 0; round < 6; round++)
        {
            var (customer, member) = await Server.EnglishCustomerAsync();
            var reference = (await customer.FileAsync($"Leaving, {round}")).Path.Split('/')[^1];
            await agent.InvestigateAsync(reference);
            await agent.StepAsync(reference, "decide",
                ("Form.Findings[0].Outcome", "Upheld"), ("Form.Findings[0].Reasons", "You are right."), ("RootCause", "waiting-time"), ("RemedyPoints", "50"));
            var (shown, leave) = (await customer.GetAsync($"/complaints/{reference}"), await customer.GetAsync("/profile/close"));

            var answers = await Task.WhenAll(
                customer.SubmitAsync(shown, "accept"), customer.SubmitAsync(leave, "close-account", ("Password", SignIn.Password)));

            Assert.All(answers, a => Assert.True((int)a.Status < 500, $"{a.Url} answers {(int)a.Status}: {a.Text}"));
            Assert.False((await Server.CaseAsync(reference)).IsOpen);
            await using var db = Server.OpenDatabase();
            Assert.NotNull(await db.Set<Portal.Rewarding.MemberRow>().Where(m => m.Id == member.Id).Select(m => m.ClosedAt).SingleAsync(Cancel));
        }
    }

    [Fact]
    public async Task Points_above_the_limit_go_out_when_a_manager_has_approved_the_agents_decision()
    {
        var (customer, member) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var manager = await Server.StaffAsync(Roles.Manager, "en");
        var reference = (await customer.FileAsync("Worth more than the limit")).Path.Split('/')[^1];
        await agent.InvestigateAsync(reference);
        (string, string?)[] decision =
            [("Form.Findings[0].Outcome", "Upheld"), ("Form.Findings[0].Reasons", "You are right."), ("RootCause", "waiting-time"), ("RemedyPoints", "900"), ("Form.Ask", "true")];

        Assert.Contains("A manager has been asked", (await agent.StepAsync(reference, "decide", decision)).Text);
        Assert.Equal(CaseState.Investigating, (await Server.CaseAsync(reference)).State);
        Assert.Contains("waiting already", (await agent.StepAsync(reference, "decide", decision)).Text);
        var id = await PendingAsync(reference);
        var list = await agent.GetAsync("/staff/complaints/approvals");
        Assert.Empty(list.Document.QuerySelectorAll("main form[method=post]"));

        var queue = await manager.GetAsync("/staff/complaints/approvals");
        Assert.Contains("You are right.", queue.Text);
        Assert.Contains("Say why", (await manager.SubmitAsync(queue, $"decide-{id}", ("Form.Do", "decline"))).Text);
        Assert.Contains("Approved", (await manager.SubmitAsync(queue, $"decide-{id}", ("Form.Do", "approve"))).Text);

        var row = await Server.CaseAsync(reference);
        Assert.Equal((CaseState.DecisionSent, 900L), (row.State, row.Figures.Points));
        var sent = (await EventsAsync(reference)).OfType<DecisionSent>().Single();
        Assert.Equal(ActorKind.Agent, sent.By.Kind);
        Assert.NotNull(sent.Decision.ApprovedBy);
        await customer.SubmitAsync(await customer.GetAsync($"/complaints/{reference}"), "accept");
        Assert.Equal(900, (await Server.Services.GetRequiredService<PointsQuery>().FindAsync(member.Id, Cancel))!.Balance);
    }

    [Fact]
    public async Task A_request_that_is_not_approved_comes_back_with_the_reason()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var manager = await Server.StaffAsync(Roles.Manager, "en");
        var reference = (await customer.FileAsync("Too generous")).Path.Split('/')[^1];
        await agent.InvestigateAsync(reference);
        await agent.StepAsync(reference, "decide", ("Form.Findings[0].Outcome", "Upheld"), ("Form.Findings[0].Reasons", "You are right."), ("RootCause", "other"), ("RemedyPoints", "5000"), ("Form.Ask", "true"));
        var queue = await manager.GetAsync("/staff/complaints/approvals");
        await manager.SubmitAsync(queue, $"decide-{await PendingAsync(reference)}", ("Form.Do", "decline"), ("Form.Note", "Half of it is fair."));

        var page = await agent.GetAsync($"/staff/complaints/{reference}");
        Assert.Contains("did not approve", page.Text);
        Assert.Contains("Half of it is fair.", page.Text);
        Assert.Equal(CaseState.Investigating, (await Server.CaseAsync(reference)).State);
        Assert.DoesNotContain("Half of it", (await customer.GetAsync($"/complaints/{reference}")).Text);
    }

    private async Task<Guid> PendingAsync(string reference)
    {
        var row = await Server.CaseAsync(reference);
        await using var db = Server.OpenDatabase();
        return await db.Set<CaseApprovalRow>().Where(a => a.CaseId == row.Id && a.State == ApprovalState.Pending).Select(a => a.Id).SingleAsync(Cancel);
    }

    private async Task<IReadOnlyList<CaseEvent>> EventsAsync(string reference)
    {
        var row = await Server.CaseAsync(reference);
        await using var db = Server.OpenDatabase();
        return [.. (await db.Set<Portal.Features.Complaints.CaseEventRow>().Where(e => e.CaseId == row.Id).OrderBy(e => e.Sequence).ToListAsync(Cancel))
            .Select(e => global::Complaints.Json.CaseEvents.FromJson(new(e.Type, e.Version, e.Payload)))];
    }
}

public sealed class DeskWorkOnSqlite(SqlitePortal portal) : DeskWorkTests(portal), IClassFixture<SqlitePortal>;

public sealed class DeskWorkOnPostgres(PostgresPortal portal) : DeskWorkTests(portal), IClassFixture<PostgresPortal>;
