using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notifications.Messages;
using Notifications.Templates;
using Portal.Platform.Mail;
using Tests.Shared;

namespace Portal.Tests.Platform.Mail;

public abstract class MailboxTests(PortalFixture portal)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_written_with_a_change_appears_in_the_mailbox_and_its_link_can_be_followed()
    {
        await WriteAsync("sari@example.com", "Sari Déwi <b>", "join-1");
        var visitor = portal.Server.Visitor();
        var list = await WaitAsync(visitor, "sari@example.com");
        var link = list.Document.QuerySelectorAll(".letters li").First(l => l.TextContent.Contains("sari@example.com")).QuerySelector("a")!;
        Assert.Contains("Konfirmasi alamat email Anda", link.TextContent);

        var letter = await visitor.GetAsync(link.GetAttribute("href")!);
        Assert.Contains("Halo Sari Déwi <b>,", letter.Text);
        Assert.NotNull(letter.Document.QuerySelector("a[href='https://kopi.example/confirm?c=1&u=2']"));
        var frame = letter.Document.QuerySelector("iframe")!;
        Assert.DoesNotContain("allow-scripts", frame.GetAttribute("sandbox"));
        Assert.DoesNotContain("allow-same-origin", frame.GetAttribute("sandbox"));

        var html = await portal.Server.CreateClient().GetAsync(frame.GetAttribute("src"), Stop);
        var csp = string.Join(' ', html.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", csp);
        Assert.Contains("sandbox allow-popups", csp);
        var body = await html.Content.ReadAsStringAsync(Stop);
        Assert.Contains("Sari Déwi &lt;b&gt;", body);
        Assert.Contains("href=\"https://kopi.example/confirm?c=1&amp;u=2\"", body);
    }

    [Fact]
    public async Task A_mail_that_does_not_exist_is_not_found()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await portal.Server.Visitor().GetAsync($"/dev/mailbox/{Guid.NewGuid()}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await portal.Server.Visitor().GetAsync($"/dev/mailbox/{Guid.NewGuid()}/html")).Status);
    }

    [Fact]
    public async Task Sent_mail_is_recorded_as_sent_once()
    {
        await WriteAsync("budi@example.com", "Budi", "join-2");
        await WriteAsync("budi@example.com", "Budi", "join-2");
        await WaitAsync(portal.Server.Visitor(), "budi@example.com");
        await using var db = portal.Server.OpenDatabase();
        var row = await db.Set<OutboxRow>().AsNoTracking().SingleAsync(m => m.Recipient == "budi@example.com", Stop);
        for (var i = 0; i < 50 && row.State == DeliveryState.Claimed; i++)
        {
            await Task.Delay(100, Stop);
            row = await db.Set<OutboxRow>().AsNoTracking().SingleAsync(m => m.Recipient == "budi@example.com", Stop);
        }
        Assert.Equal((DeliveryState.Sent, 1), (row.State, row.Attempts));
    }

    private async Task WriteAsync(string address, string name, string eventId)
    {
        var outbox = portal.Server.Services.GetRequiredService<Outbox>();
        await using var db = portal.Server.OpenDatabase();
        await using var transaction = await db.Database.BeginTransactionAsync(Stop);
        var until = portal.Server.Time.GetUtcNow().UtcDateTime.AddDays(1);
        await outbox.AddAsync(db, outbox.To(address, name, "id-ID")!, new ConfirmEmailMail("https://kopi.example/confirm?c=1&u=2", until), eventId, until, Stop);
        await transaction.CommitAsync(Stop);
    }

    private static async Task<HtmlPage> WaitAsync(Visitor visitor, string text)
    {
        for (var i = 0; i < 150; i++)
        {
            var page = await visitor.GetAsync("/dev/mailbox");
            if (page.Text.Contains(text, StringComparison.Ordinal))
                return page;
            await Task.Delay(200, Stop);
        }
        throw new TimeoutException($"No mail for {text} came within 30 s.");
    }
}

public sealed class MailboxOnSqlite(SqlitePortal portal) : MailboxTests(portal), IClassFixture<SqlitePortal>;

public sealed class MailboxOnPostgres(PostgresPortal portal) : MailboxTests(portal), IClassFixture<PostgresPortal>;

public sealed class MailboxInProductionTests
{
    [Theory]
    [InlineData("/dev/mailbox")]
    [InlineData("/dev/mailbox/0199571e-0000-7000-8000-000000000000/html")]
    public async Task Outside_development_there_is_no_mailbox(string path)
    {
        await using var database = TestDatabase.Sqlite();
        await using var server = new PortalServer(database, new() { Environment = "Production" });
        Assert.Equal(HttpStatusCode.NotFound, (await server.Visitor().GetAsync(path)).Status);
    }
}
