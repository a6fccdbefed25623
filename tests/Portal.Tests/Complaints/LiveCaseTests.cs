using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.Identity;
using Tests.Shared;

namespace Portal.Tests.Complaints;

/// <summary>An open case page hears what happens, on every node, and only who may see the page hears it.</summary>
public abstract class LiveCaseTests(PortalFixture portal)
{
    private PortalServer Server => portal.Server;

    [Fact]
    public async Task The_customers_page_hears_the_agents_answer_given_on_another_node()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var page = await customer.FileAsync("Live over two nodes");
        await using var second = new PortalServer(Server.Database, new() { Time = Server.Time, Settings = LiveSettings.Quick });
        var agent = await second.StaffAsync(Roles.Agent, "en");
        await using var stream = await LiveStream.OpenAsync(customer, $"{page.Path}/live?seen={Stamp(page)}");
        Assert.Equal("text/event-stream", stream.Header("Content-Type"));
        Assert.Equal("no", stream.Header("X-Accel-Buffering"));

        await agent.StepAsync(page.Path.Split('/')[^1], "reply", ("Reply", "We look at it today."));

        var heard = await stream.NextAsync();
        Assert.Equal(("changed", heard.Data), (heard.EventType, heard.EventId));
        var part = await customer.GetAsync($"{page.Path}/part");
        Assert.Contains("We look at it today.", part.Element("[data-part=thread]").TextContent);
        Assert.DoesNotContain("<html", part.Html);
        Assert.DoesNotContain(part.Document.Forms, f => f.GetAttribute("action")?.EndsWith("/part", StringComparison.Ordinal) == true); // they go into the page
        Assert.Equal(heard.Data, part.Element("[data-live]").GetAttribute("data-live-stamp"));
    }

    [Fact]
    public async Task A_connection_that_was_cut_hears_at_once_what_it_missed_and_else_nothing()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var page = await customer.FileAsync("Cut off");
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var before = Stamp(page);
        await agent.StepAsync(page.Path.Split('/')[^1], "reply", ("Reply", "Said meanwhile."));

        await using var resumed = await LiveStream.OpenAsync(customer, $"{page.Path}/live?seen={before}", lastEvent: before);
        Assert.Equal("changed", (await resumed.NextAsync()).EventType);

        var now = Stamp(await customer.GetAsync(page.Path));
        await using var current = await LiveStream.OpenAsync(customer, $"{page.Path}/live?seen={before}", lastEvent: now);
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        await agent.StepAsync(page.Path.Split('/')[^1], "reply", ("Reply", "And more."));
        Assert.NotEqual(now, (await current.NextAsync()).Data); // the first that comes is new
    }

    [Fact]
    public async Task Nobody_else_may_listen_fetch_or_write()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var (other, _) = await Server.EnglishCustomerAsync();
        var path = (await customer.FileAsync("For me alone")).Path;
        var guest = await Server.Visitor("en").FileAsync("For the link alone", email: "link@example.com");

        foreach (var (visitor, address) in new[] { (other, path), (Server.Visitor("en"), "/case/AAAAAAAAAAAAAAAAAAAAAAAA") })
        {
            await using var stream = await LiveStream.OpenAsync(visitor, address + "/live");
            Assert.Equal(HttpStatusCode.NotFound, stream.Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.SendAsync(HttpMethod.Get, address + "/part")).StatusCode);
        }
        Assert.Equal(HttpStatusCode.NotFound, await KeepAsync(other, await other.GetAsync("/complaints/new"), path + "/draft", "Reply", "Not mine"));
        Assert.Equal("/sign-in", (await Server.Visitor("en").GetAsync(path + "/part")).Path);
        await using var opened = await LiveStream.OpenAsync(Server.Visitor("en"), guest.Path + "/live");
        Assert.Equal(HttpStatusCode.OK, opened.Status);
    }

    [Fact]
    public async Task A_connection_ends_when_the_person_signs_out_wherever_that_is()
    {
        var (customer, member) = await Server.EnglishCustomerAsync();
        var path = (await customer.FileAsync("Signed out")).Path;
        await using var stream = await LiveStream.OpenAsync(customer, path + "/live?seen=-");
        Assert.Equal("changed", (await stream.NextAsync()).EventType);

        await customer.SubmitAsync(await customer.GetAsync(path), "form[action='/sign-out']");

        Assert.Equal("over", (await stream.NextAsync()).EventType);
        await stream.EndAsync();
        Assert.NotNull(member);
    }

    [Fact]
    public async Task Connections_end_when_a_node_stops()
    {
        await using var node = new PortalServer(Server.Database, new() { Time = Server.Time, Settings = LiveSettings.Quick, OnAPort = true });
        var (customer, _) = await node.EnglishCustomerAsync();
        var path = (await customer.FileAsync("The node stops")).Path;
        await using var stream = await LiveStream.OpenAsync(customer, path + "/live?seen=-");

        node.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        await stream.EndAsync();
    }

    [Fact]
    public async Task One_person_holds_only_so_many_connections()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var path = (await customer.FileAsync("Many tabs")).Path;
        var open = new List<LiveStream>();
        for (var i = 0; i < 8; i++)
            open.Add(await LiveStream.OpenAsync(customer, path + "/live?seen=-"));

        await using (var more = await LiveStream.OpenAsync(customer, path + "/live"))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, more.Status);
            Assert.Equal("60", more.Header("Retry-After"));
        }

        foreach (var stream in open)
            await stream.DisposeAsync();
        await Eventually(async () =>
        {
            await using var again = await LiveStream.OpenAsync(customer, path + "/live");
            return again.Status == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task Half_written_text_is_there_again_and_gone_once_it_was_sent()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var page = await customer.FileAsync("Half written");
        Assert.Equal(HttpStatusCode.NoContent, await KeepAsync(customer, page, page.Path + "/draft", "Reply", "I forgot to say"));

        var again = await customer.GetAsync(page.Path);
        Assert.Equal("I forgot to say", again.Element("#text-message").TextContent);
        Assert.DoesNotContain("I forgot to say", (await (await Server.StaffAsync(Roles.Agent, "en")).GetAsync("/staff" + page.Path)).Html);

        var sent = await customer.SubmitAsync(again, "message", ("Text", "I forgot to say that it rained."));
        Assert.Equal("", sent.Element("#text-message").TextContent);
        Assert.Equal(HttpStatusCode.NotFound, await KeepAsync(customer, page, page.Path + "/draft", "no such field!", "x"));
    }

    [Fact]
    public async Task A_draft_without_the_forms_token_is_refused()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var path = (await customer.FileAsync("Without a token")).Path;
        using var answer = await customer.SendAsync(HttpMethod.Post, path + "/draft", new FormUrlEncodedContent([new("field", "Reply"), new("text", "x")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task An_agent_sees_that_a_colleague_writes_and_cannot_answer_over_the_answer()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var reference = (await customer.FileAsync("Two agents")).Path.Split('/')[^1];
        var desk = $"/staff/complaints/{reference}";
        var first = await Server.StaffAsync(Roles.Agent, "en");
        var second = await Server.StaffAsync(Roles.Manager, "en");
        var seen = await second.GetAsync(desk);
        await using var stream = await LiveStream.OpenAsync(second, $"{desk}/live?seen={Stamp(seen)}");

        await using (var reading = await LiveStream.OpenAsync(first, desk + "/live?seen=-"))
        {
            Assert.Equal("changed", (await stream.NextAsync()).EventType);
            Assert.Contains("has this case open too", (await second.GetAsync(desk + "/part")).Element("[data-part=colleagues]").TextContent);
            await KeepAsync(first, await first.GetAsync(desk), desk + "/draft", "Reply", "Dear customer");
            Assert.Equal("changed", (await stream.NextAsync()).EventType);
            Assert.Contains("is writing an answer", (await second.GetAsync(desk + "/part")).Element("[data-part=colleagues]").TextContent);
        }
        Assert.Equal("Dear customer", (await first.GetAsync(desk)).Element("#reply-Reply").TextContent);
        await first.StepAsync(reference, "reply", ("Reply", "Dear customer, we are sorry."));

        var refused = await second.SubmitAsync(seen, "reply", ("Reply", "My own answer"));
        Assert.Contains("Somebody else has answered meanwhile", refused.Text);
        Assert.Contains("Dear customer, we are sorry.", refused.Text);
        Assert.Equal("My own answer", refused.Element("#reply-Reply").TextContent);
        Assert.Contains("Done.", (await second.SubmitAsync(refused, "reply")).Text);
    }

    [Fact]
    public async Task What_time_alone_brings_does_not_stand_in_the_way_of_an_answer()
    {
        var (customer, _) = await Server.EnglishCustomerAsync();
        var agent = await Server.StaffAsync(Roles.Agent, "en");
        var reference = (await customer.FileAsync("Time passes")).Path.Split('/')[^1];
        var seen = await agent.GetAsync($"/staff/complaints/{reference}");
        Server.Time.Advance(TimeSpan.FromDays(5));
        while (await Server.TickAsync() > 0)
        {
        }

        Assert.True((await Server.CaseAsync(reference)).Breached);
        Assert.Contains("Done.", (await agent.SubmitAsync(seen, "reply", ("Reply", "Sorry for the wait."))).Text);
    }

    private static string Stamp(HtmlPage page) => page.Element("[data-live]").GetAttribute("data-live-stamp")!;

    private static async Task<HttpStatusCode> KeepAsync(Visitor visitor, HtmlPage page, string address, string field, string text)
    {
        var token = page.Element("input[name='__RequestVerificationToken']").GetAttribute("value")!;
        using var answer = await visitor.SendAsync(HttpMethod.Post, address, new FormUrlEncodedContent([new("field", field), new("text", text), new("__RequestVerificationToken", token)]));
        return answer.StatusCode;
    }

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 50; i++)
        {
            if (await holds())
                return;
            await Task.Delay(100);
        }
        Assert.Fail("It did not come to be within five seconds.");
    }
}

internal static class LiveSettings
{
    /// <summary>Short beats and looks, so that tests do not wait.</summary>
    public static readonly IReadOnlyDictionary<string, string> Quick = new Dictionary<string, string> { ["Live:BeatSeconds"] = "1", ["Live:PollMilliseconds"] = "100" };
}

public sealed class LiveSqlite : SqlitePortal
{
    protected override PortalServerOptions Options => base.Options with { Settings = LiveSettings.Quick };
}

public sealed class LivePostgres : PostgresPortal
{
    // A long beat: what is heard in time was called by the database.
    protected override PortalServerOptions Options => base.Options with { Settings = new Dictionary<string, string> { ["Live:BeatSeconds"] = "50" } };
}

public sealed class LiveCasesOnSqlite(LiveSqlite portal) : LiveCaseTests(portal), IClassFixture<LiveSqlite>;

public sealed class LiveCasesOnPostgres(LivePostgres portal) : LiveCaseTests(portal), IClassFixture<LivePostgres>;
