using System.Net;
using Complaints.Cases;
using Microsoft.Extensions.DependencyInjection;
using Portal.Identity;
using Portal.Rewarding;
using Portal.Rewarding.Ledger;
using RewardsEngine.Json;
using RewardsEngine.Rewards;
using Tests.Shared;

namespace Portal.Tests.Complaints;

/// <summary>A complaint from filing to points in the ledger, through the pages of both sides, without script.</summary>
public abstract class ComplaintTests(PortalFixture portal)
{
    private PortalServer Server => portal.Server;

    [Fact]
    public async Task A_complaint_goes_from_filing_to_points_in_the_ledger()
    {
        var (customer, member) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");

        var filed = await customer.FileAsync("An hour for one coffee", [new("files", "receipt.png", "image/png", Desk.Png)]);
        var reference = filed.Path.Split('/')[^1];
        Assert.Equal(HttpStatusCode.OK, filed.Status);
        Assert.Contains("We have your complaint", filed.Text);
        Assert.Contains(reference, filed.Text);
        Assert.Contains("receipt.png", filed.Text);
        Assert.Equal(CaseState.Acknowledged, (await Server.CaseAsync(reference)).State);
        var received = Assert.Single(await Server.MailsAsync(reference));
        Assert.Equal(("complaint-received", member.Email), (received.Template, received.Address));

        Assert.Contains("An hour for one coffee", (await agent.GetAsync("/staff/complaints")).Text);
        await agent.InvestigateAsync(reference);
        await agent.StepAsync(reference, "ask", ("Question", "Which store was it?"));
        var waiting = await Server.CaseAsync(reference);
        Assert.Equal((CaseState.WaitingForCustomer, Priority.High), (waiting.State, waiting.Priority));
        Assert.NotNull(waiting.PausedSince);
        Assert.Equal("complaint-message", (await Server.MailsAsync(reference))[^1].Template);

        Server.Time.Advance(TimeSpan.FromHours(20));
        var asked = await customer.GetAsync($"/complaints/{reference}");
        Assert.Contains("Which store was it?", asked.Text);
        Assert.Contains("stands still", asked.Text);
        await customer.SubmitAsync(asked, "message", ("Text", "Senopati."));
        var answered = await Server.CaseAsync(reference);
        Assert.Equal(CaseState.Investigating, answered.State);
        Assert.Null(answered.PausedSince);

        var decided = await agent.DecideAsync(reference, points: "200");
        Assert.Contains("Decision sent", decided.Text);
        Assert.Equal("complaint-answered", (await Server.MailsAsync(reference))[^1].Template);
        var verdict = await customer.GetAsync($"/complaints/{reference}");
        Assert.Contains("You waited too long.", verdict.Text);
        var closed = await customer.SubmitAsync(verdict, "accept");

        Assert.Contains("Your acceptance is noted", closed.Text);
        Assert.Equal(CaseState.Closed, (await Server.CaseAsync(reference)).State);
        var points = await Server.Services.GetRequiredService<PointsQuery>().FindAsync(member.Id, TestContext.Current.CancellationToken);
        Assert.Equal(200, points!.Balance);
        var rated = await customer.SubmitAsync(closed, "rate", ("Process", "4"), ("Outcome", "5"));
        Assert.Contains("Thank you for your rating", rated.Text);
    }

    [Fact]
    public async Task A_complaint_about_a_reward_names_it_to_both_sides_and_only_to_its_owner()
    {
        var (customer, member) = await Server.EnglishCustomerAsync();
        var (other, stranger) = await Server.EnglishCustomerAsync();
        var voucher = await AddVoucherAsync(member, "Rimba tumbler");
        await AddVoucherAsync(stranger, "Another reward"); // so that the form has the field

        var form = await customer.GetAsync($"/complaints/new?reward={voucher.Id}");
        Assert.Equal($"reward-{voucher.Id}", form.Element("option[selected][value^='reward-']").GetAttribute("value"));
        var second = await customer.SubmitAsync(form, "complaint", ("Category", "product"), ("Text", "The lid leaks."), ("Purchase", $"reward-{voucher.Id}"));
        Assert.Contains("Rimba tumbler", second.Text);
        var filed = await customer.SubmitAsync(second, "complaint", ("Wish", "replacement"));

        Assert.Contains("Rimba tumbler", filed.Text);
        var reference = filed.Path.Split('/')[^1];
        Assert.Contains("Rimba tumbler", (await (await Server.StaffAsync(Roles.Agent, "en")).GetAsync($"/staff/complaints/{reference}")).Text);
        var theirs = await other.GetAsync($"/complaints/new?reward={voucher.Id}");
        Assert.DoesNotContain("Rimba tumbler", theirs.Text);
        var step = await other.SubmitAsync(theirs, "complaint", ("Category", "product"), ("Text", "Not mine."), ("Purchase", $"reward-{voucher.Id}"));
        Assert.Contains("We do not find this purchase or reward", (await other.SubmitAsync(step, "complaint", ("Wish", "replacement"))).Text);
    }

    private async Task<VoucherRow> AddVoucherAsync(MemberRow member, string name)
    {
        var voucher = new VoucherRow
        {
            Code = $"R{Guid.NewGuid():N}"[..10].ToUpperInvariant(),
            MemberId = member.Id,
            Template = EngineJson.Write(new VoucherTemplate { Key = "gift", Name = new(name, name) }),
            NameId = name,
            NameEn = name,
            IssuedBy = new("reward"),
            IssuedFor = $"test:{Guid.NewGuid():N}",
            IssuedAt = Server.Time.GetUtcNow().UtcDateTime,
            ValidFrom = new(2026, 1, 1),
            ValidTo = new(2027, 12, 31),
        };
        await using var db = Server.OpenDatabase();
        db.Add(voucher);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return voucher;
    }

    [Fact]
    public async Task Another_customer_finds_neither_the_case_nor_its_files()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var (other, _) = await Server.EnglishCustomerAsync();
        var filed = await customer.FileAsync("Only mine", [new("files", "receipt.png", "image/png", Desk.Png)]);
        var file = filed.Element("a[href*='/files/']").GetAttribute("href")!;

        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(filed.Path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.SendAsync(HttpMethod.Get, file)).StatusCode);
        Assert.DoesNotContain("Only mine", (await other.GetAsync("/complaints")).Text);

        var own = await customer.SendAsync(HttpMethod.Get, file);
        Assert.Equal("attachment", own.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("image/png", own.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("sandbox", own.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", own.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task A_hostile_file_is_refused_at_the_field_and_what_was_typed_stays()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();

        var page = await customer.FileAsync("With a bad file", [new("files", "photo.jpg", "image/jpeg", "<script>alert(1)</script>"u8.ToArray())]);

        Assert.Equal("/complaints/new", page.Path);
        Assert.Contains("neither JPEG", page.Element("#files-error").TextContent);
        Assert.Contains("With a bad file", page.Text);
    }

    [Fact]
    public async Task Somebody_without_account_gets_a_link_that_opens_only_this_case()
    {
        var visitor = Server.Visitor("en");
        var filed = await visitor.FileAsync("Filed as a guest", email: "guest@example.com");
        Assert.StartsWith("/case/", filed.Path);
        var row = await Server.CaseBySubjectAsync("Filed as a guest");
        Assert.Contains(filed.Path, (await Server.MailsAsync(row.Reference)).Single().Model);

        var stranger = Server.Visitor("en");
        Assert.Contains("Filed as a guest", (await stranger.GetAsync(filed.Path)).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/case/AAAAAAAAAAAAAAAAAAAAAAAA")).Status);
        Assert.Equal("/sign-in", (await stranger.GetAsync($"/complaints/{row.Reference}")).Path);

        var agent = await Server.StaffAsync(Roles.Agent, "en");
        await agent.InvestigateAsync(row.Reference);
        Assert.Contains("without account", (await agent.GetAsync($"/staff/complaints/{row.Reference}")).Text);
    }

    [Fact]
    public async Task Points_above_the_limit_need_a_manager_and_a_dispute_another_person()
    {
        var (customer, member) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var manager = await Server.StaffAsync(Roles.Manager, "en");
        var reference = (await customer.FileAsync("A large case")).Path.Split('/')[^1];
        await agent.InvestigateAsync(reference);

        var refused = await agent.DecideAsync(reference, points: "900");
        Assert.Contains("above your limit", refused.Text);
        Assert.Contains("You waited too long.", refused.Text);
        await agent.DecideAsync(reference, points: "100");
        await customer.SubmitAsync(await customer.GetAsync($"/complaints/{reference}"), "dispute", ("Text", "Too little."));
        Assert.Contains("another person", (await agent.StepAsync(reference, "review")).Text);

        await manager.StepAsync(reference, "review");
        await manager.DecideAsync(reference, "final", points: "900");
        await manager.StepAsync(reference, "deliver");
        await manager.StepAsync(reference, "close");
        Assert.Equal(CaseState.Closed, (await Server.CaseAsync(reference)).State);
        Assert.Equal(900, (await Server.Services.GetRequiredService<PointsQuery>().FindAsync(member.Id, TestContext.Current.CancellationToken))!.Balance);
    }

    [Fact]
    public async Task An_edit_of_what_changed_meanwhile_is_refused_and_its_words_stay()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var reference = (await customer.FileAsync("Two at once")).Path.Split('/')[^1];
        var seen = await agent.GetAsync($"/staff/complaints/{reference}");
        await customer.SubmitAsync(await customer.GetAsync($"/complaints/{reference}"), "message", ("Text", "One more thing."));

        var refused = await agent.SubmitAsync(seen, "reply", ("Reply", "We are looking into it."));

        Assert.Contains("has changed meanwhile", refused.Text);
        Assert.Contains("One more thing.", refused.Text);
        Assert.Equal("We are looking into it.", refused.Element("#reply-Reply").TextContent);
        Assert.Contains("Done.", (await agent.SubmitAsync(refused, "reply")).Text);
    }

    [Fact]
    public async Task An_internal_note_is_never_on_the_customers_page()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var reference = (await customer.FileAsync("With a note")).Path.Split('/')[^1];

        Assert.Contains("Check the till roll", (await agent.StepAsync(reference, "note", ("Note", "Check the till roll"))).Text);

        Assert.DoesNotContain("Check the till roll", (await customer.GetAsync($"/complaints/{reference}")).Html);
        Assert.DoesNotContain(await Server.MailsAsync(reference), m => m.Model.Contains("till roll", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missed_date_is_told_with_an_apology_and_a_new_date_and_never_as_a_failure()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var reference = (await customer.FileAsync("Left alone")).Path.Split('/')[^1];

        Server.Time.Advance(TimeSpan.FromDays(14));
        await Server.TickAsync();

        Assert.True((await Server.CaseAsync(reference)).Breached);
        var page = await customer.GetAsync($"/complaints/{reference}");
        Assert.Contains("We are sorry that it takes longer", page.Text);
        Assert.DoesNotContain("failed", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("overdue", page.Text, StringComparison.OrdinalIgnoreCase);
        var told = (await Server.MailsAsync(reference)).Count;
        await Server.TickAsync();
        Assert.Equal(told, (await Server.MailsAsync(reference)).Count);
        Assert.Contains("late", (await (await Server.StaffAsync(Roles.Agent, "en")).GetAsync("/staff/complaints")).Text);
    }

    [Fact]
    public async Task After_two_reminders_without_answer_the_case_closes_and_can_be_opened_again()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var reference = (await customer.FileAsync("No answer comes")).Path.Split('/')[^1];
        await agent.InvestigateAsync(reference);
        await agent.StepAsync(reference, "ask", ("Question", "Which day?"));

        for (var i = 0; i < 3; i++)
        {
            Server.Time.Advance(TimeSpan.FromDays(7));
            while (await Server.TickAsync() > 0)
            {
            }
        }

        Assert.Equal(CaseState.Closed, (await Server.CaseAsync(reference)).State);
        Assert.Equal(2, (await Server.MailsAsync(reference)).Count(m => m.Model.Contains("still need your answer", StringComparison.Ordinal)));
        var closed = await customer.GetAsync($"/complaints/{reference}");
        Assert.Contains("open again", (await customer.SubmitAsync(closed, "reopen", ("Text", "I was away."))).Text);
        Assert.Equal(CaseState.Investigating, (await Server.CaseAsync(reference)).State);
    }

    [Fact]
    public async Task A_form_sent_twice_files_once()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var second = await customer.SubmitAsync(await customer.GetAsync("/complaints/new"), "complaint", ("Category", "product"), ("Text", "Sent twice"));

        var first = await customer.SubmitAsync(second, "complaint");
        var again = await customer.SubmitAsync(second, "complaint");

        Assert.Equal(first.Path, again.Path);
        Assert.Single((await customer.GetAsync("/complaints")).Document.QuerySelectorAll(".cases li"));
    }
}

public sealed class ComplaintsOnSqlite(SqlitePortal portal) : ComplaintTests(portal), IClassFixture<SqlitePortal>;

public sealed class ComplaintsOnPostgres(PostgresPortal portal) : ComplaintTests(portal), IClassFixture<PostgresPortal>;
