using Microsoft.EntityFrameworkCore;
using Notifications.Messages;
using Portal.Features.Messages.Staff;
using Portal.Identity;
using Portal.Platform.Mail;
using Portal.Tests.Platform.Mail;
using Tests.Shared;

namespace Portal.Tests.Messages;

/// <summary>An administrator sees which mails are stuck and does what is safe about them.</summary>
public abstract class StuckMailTests(PortalFixture portal)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DateTime Now => portal.Server.Time.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task Stuck_mails_are_listed_with_their_reason_and_go_on_where_that_is_safe()
    {
        await using (var db = portal.Server.OpenDatabase())
        {
            await db.Set<OutboxRow>().ExecuteDeleteAsync(Cancel);
            await db.Set<MailDecisionRow>().ExecuteDeleteAsync(Cancel);
        }
        var admin = await portal.Server.StaffAsync(Roles.Administrator, "en");
        Assert.Contains("No mail is stuck", (await admin.GetAsync("/staff/mail")).Text, StringComparison.Ordinal);
        var unknown = await AddAsync(DeliveryState.Unknown, MailPurpose.Marketing, "No answer");
        var doubtful = await AddAsync(DeliveryState.Unknown, MailPurpose.Marketing, "No answer");
        var expired = await AddAsync(DeliveryState.Expired, MailPurpose.Transactional, "Given up after 18 attempts. 451 busy");
        var link = await AddAsync(DeliveryState.Expired, MailPurpose.Transactional, "over", Now.AddHours(-1));
        var hard = await AddAsync(DeliveryState.HardBounce, MailPurpose.Transactional, "550 no such user");
        var soft = await AddAsync(DeliveryState.SoftBounce, MailPurpose.Transactional, "451 later");
        await AddAsync(DeliveryState.Sent, MailPurpose.Transactional, "250 fine");

        var page = await admin.GetAsync("/staff/mail");
        Assert.Contains("550 no such user", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("250 fine", page.Text, StringComparison.Ordinal);
        Assert.Equal(6, page.Document.QuerySelectorAll("table tbody tr").Length);
        Assert.Equal(2, (await admin.GetAsync("/staff/mail?state=Unknown")).Document.QuerySelectorAll("table tbody tr").Length);

        await admin.SubmitAsync(page, $"Send-{unknown:N}");
        await admin.SubmitAsync(page, $"TakeAsSent-{doubtful:N}");
        await admin.SubmitAsync(page, $"Send-{expired:N}");
        await admin.SubmitAsync(page, $"Send-{soft:N}");
        Assert.DoesNotContain($"{hard:N}", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"{link:N}", page.Html, StringComparison.Ordinal);

        Assert.Equal((DeliveryState.Pending, 0), await StateAsync(unknown));
        Assert.Equal((DeliveryState.Sent, 18), await StateAsync(doubtful));
        Assert.Equal((DeliveryState.Pending, 0), await StateAsync(expired));
        Assert.Equal((DeliveryState.SoftBounce, 18), await StateAsync(soft));
        await using var after = portal.Server.OpenDatabase();
        Assert.Equal(Now, await after.Set<OutboxRow>().Where(m => m.Id == soft).Select(m => m.DueAt).SingleAsync(Cancel));
    }

    [Fact]
    public async Task Who_decided_about_a_stuck_mail_and_when_stays_on_the_page_also_when_the_mail_is_erased()
    {
        var admin = await portal.Server.StaffAsync(Roles.Administrator, "en");
        var again = await AddAsync(DeliveryState.Expired, MailPurpose.Transactional, "451 busy", address: "rina@example.com");
        var taken = await AddAsync(DeliveryState.Unknown, MailPurpose.Marketing, "No answer");
        var page = await admin.GetAsync("/staff/mail");
        await admin.SubmitAsync(page, $"Send-{again:N}");
        await admin.SubmitAsync(page, $"TakeAsSent-{taken:N}");
        await admin.SubmitAsync(page, $"TakeAsSent-{taken:N}"); // a second press decides nothing more
        Guid by;
        await using (var db = portal.Server.OpenDatabase())
        {
            var decided = await db.Set<MailDecisionRow>().Where(d => d.MailId == again || d.MailId == taken).ToDictionaryAsync(d => d.MailId, Cancel);
            Assert.Equal((DeliveryState.Expired, MailStep.Send, Now), (decided[again].Was, decided[again].Step, decided[again].At));
            Assert.Equal((DeliveryState.Unknown, MailStep.TakeAsSent), (decided[taken].Was, decided[taken].Step));
            by = decided[again].By;
            await db.Set<OutboxRow>().Where(m => m.Id == taken).ExecuteDeleteAsync(Cancel);
        }
        await using var after = portal.Server.OpenDatabase();
        var name = await after.Set<User>().Where(u => u.Id == by).Select(u => u.Name).SingleAsync(Cancel);

        var lines = (await admin.GetAsync("/staff/mail?state=HardBounce")).Document.QuerySelectorAll(".card tbody tr").Select(r => r.TextContent).ToList();

        var sent = Assert.Single(lines, l => l.Contains("Sent again", StringComparison.Ordinal) && l.Contains("Waits its turn", StringComparison.Ordinal) && l.Contains("rina@example.com", StringComparison.Ordinal));
        Assert.Contains(name!, sent, StringComparison.Ordinal);
        Assert.Contains("was: Given up", sent, StringComparison.Ordinal);
        Assert.Single(lines, l => l.Contains("Taken as sent", StringComparison.Ordinal) && l.Contains("Erased", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_that_went_on_meanwhile_is_left_alone()
    {
        var admin = await portal.Server.StaffAsync(Roles.Administrator, "en");
        var soft = await AddAsync(DeliveryState.SoftBounce, MailPurpose.Transactional, "451 later");
        var page = await admin.GetAsync("/staff/mail");
        await using (var db = portal.Server.OpenDatabase())
            await db.Set<OutboxRow>().Where(m => m.Id == soft).ExecuteUpdateAsync(s => s.SetProperty(m => m.State, DeliveryState.Sent), Cancel);

        await admin.SubmitAsync(page, $"Send-{soft:N}");

        Assert.Equal((DeliveryState.Sent, 18), await StateAsync(soft));
        Assert.Equal("/denied", (await (await portal.Server.StaffAsync(Roles.Manager, "en")).GetAsync("/staff/mail")).Path);
    }

    private async Task<Guid> AddAsync(DeliveryState state, MailPurpose purpose, string detail, DateTime? expires = null, string address = "sari@example.com")
    {
        await using var db = portal.Server.OpenDatabase();
        var row = new OutboxRow
        {
            Id = Guid.CreateVersion7(),
            Channel = "email",
            Template = purpose == MailPurpose.Marketing ? "rule-offer" : "rule-service",
            Text = purpose == MailPurpose.Marketing ? "beans" : null,
            Recipient = $"{Guid.NewGuid():N}@example.com",
            EventId = "stuck",
            Purpose = purpose,
            Address = address,
            Language = "en",
            Zone = "Asia/Jakarta",
            Model = "{}",
            CreatedAt = Now,
            ExpiresAt = expires,
            State = state,
            Attempts = 18,
            DueAt = Now.AddMinutes(state == DeliveryState.SoftBounce ? 30 : 0),
            Detail = detail,
            SettledAt = Now,
        };
        db.Add(row);
        await db.SaveChangesAsync(Cancel);
        return row.Id;
    }

    private async Task<(DeliveryState State, int Attempts)> StateAsync(Guid id)
    {
        await using var db = portal.Server.OpenDatabase();
        var row = await db.Set<OutboxRow>().AsNoTracking().SingleAsync(m => m.Id == id, Cancel);
        return (row.State, row.Attempts);
    }
}

public sealed class StuckMailsOnSqlite(QuietSqlite portal) : StuckMailTests(portal), IClassFixture<QuietSqlite>;

public sealed class StuckMailsOnPostgres(QuietPostgres portal) : StuckMailTests(portal), IClassFixture<QuietPostgres>;
