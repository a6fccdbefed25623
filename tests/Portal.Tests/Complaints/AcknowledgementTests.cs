using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Notifications.Messages;
using Portal.Platform.Mail;
using Tests.Shared;

namespace Portal.Tests.Complaints;

/// <summary>The confirmation by the real clock and the real sending job, from the click to the mail.</summary>
public abstract class AcknowledgementTests(PortalFixture portal)
{
    [Fact]
    public async Task The_receipt_is_confirmed_by_mail_within_sixty_seconds()
    {
        var server = portal.Server;
        var (customer, member) = await server.EnglishCustomerAsync();
        var watch = Stopwatch.StartNew();

        var filed = await customer.FileAsync("How fast are you");
        var reference = filed.Path.Split('/')[^1];
        var mail = await server.MailToAsync(member.Email!, m => m.Text.Contains(reference, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"It took {watch.Elapsed}.");
        Assert.Contains(reference, mail.Subject + mail.Text);
        await using var db = server.OpenDatabase();
        for (var tries = 0; tries < 100 && await db.Set<OutboxRow>().AnyAsync(m => m.EventId.StartsWith("case:" + reference) && m.State != DeliveryState.Sent, TestContext.Current.CancellationToken); tries++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        var sent = await db.Set<OutboxRow>().AsNoTracking().SingleAsync(m => m.EventId.StartsWith("case:" + reference), TestContext.Current.CancellationToken);
        Assert.Equal(DeliveryState.Sent, sent.State);
        Assert.True(sent.SettledAt - (await server.CaseAsync(reference)).CreatedAt < TimeSpan.FromSeconds(60));
    }
}

public sealed class RealClockSqlite : SqlitePortal
{
    protected override PortalServerOptions Options => new();
}

public sealed class RealClockPostgres : PostgresPortal
{
    protected override PortalServerOptions Options => new();
}

public sealed class AcknowledgementOnSqlite(RealClockSqlite portal) : AcknowledgementTests(portal), IClassFixture<RealClockSqlite>;

public sealed class AcknowledgementOnPostgres(RealClockPostgres portal) : AcknowledgementTests(portal), IClassFixture<RealClockPostgres>;
