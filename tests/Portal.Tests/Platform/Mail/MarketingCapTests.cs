using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notifications.Messages;
using Notifications.Policies;
using Notifications.Rendering;
using Notifications.Sending;
using Notifications.Templates;
using Portal.Platform.Mail;
using Portal.Rewarding;
using Tests.Shared;

namespace Portal.Tests.Platform.Mail;

/// <summary>How much advertising one person gets, also when several nodes send at the same moment.</summary>
public abstract class MarketingCapTests(PortalFixture portal)
{
    private const int Cap = 3;
    private const int People = 12;
    private const int MailsEach = 6;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Outbox Outbox => portal.Server.Services.GetRequiredService<Outbox>();

    [Fact]
    public async Task Nodes_that_send_at_once_never_exceed_a_members_cap_and_fill_it_exactly()
    {
        var members = new List<MemberRow>();
        for (var i = 0; i < People; i++)
            members.Add((await portal.Server.CustomerAsync(m => m.Consents = Consents.Email)).Member);
        await using (var db = portal.Server.OpenDatabase())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Stop);
            for (var n = 0; n < MailsEach; n++)
                foreach (var member in members)
                    await Outbox.AddTextAsync(db, Outbox.To(member.Email, member.Name, "en")!, new RuleOfferMail("New", "Beans.", "https://kopi.example", member.Id.Value, null), $"e{n}", "beans", Stop);
            await transaction.CommitAsync(Stop);
        }
        var arrived = new ConcurrentBag<string>();
        var nodes = Enumerable.Range(0, 4).Select(n => Dispatcher($"n{n}", arrived)).ToList();

        for (var round = 0; await WaitingAsync() > 0; round++)
        {
            Assert.True(round < 20, "Messages go on waiting.");
            await Task.WhenAll(nodes.Select(node => Task.Run(async () =>
            {
                while ((await node.RunAsync(Stop)).Messages.Count > 0)
                {
                }
            }, Stop)));
            portal.Server.Time.Advance(TimeSpan.FromMinutes(1)); // who waited for others asks again
        }

        Assert.All(arrived.GroupBy(a => a), to => Assert.Equal(Cap, to.Count()));
        Assert.Equal(People, arrived.Distinct().Count());
        await using var after = portal.Server.OpenDatabase();
        var kept = await after.Set<OutboxRow>().Where(m => m.Text == "beans" && m.State == DeliveryState.Suppressed).Select(m => m.Detail).ToListAsync(Stop);
        Assert.Equal(People * (MailsEach - Cap), kept.Count(d => d == "frequency-cap"));
        Assert.False(await after.Set<OutboxRow>().AnyAsync(m => m.Counted, Stop));
    }

    [Fact]
    public async Task A_place_is_free_again_when_the_mail_that_took_it_was_refused()
    {
        var (_, member) = await portal.Server.CustomerAsync(m => m.Consents = Consents.Email);
        await using (var db = portal.Server.OpenDatabase())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Stop);
            for (var n = 0; n < 2; n++)
                await Outbox.AddTextAsync(db, Outbox.To(member.Email, member.Name, "en")!, new RuleOfferMail("New", "Beans.", "https://kopi.example", member.Id.Value, null), $"r{n}", "place", Stop);
            await transaction.CommitAsync(Stop);
        }
        var store = portal.Server.Services.GetRequiredService<IOutboxStore>();
        var now = portal.Server.Time.GetUtcNow().UtcDateTime;
        var claims = await store.ClaimAsync("place/1", now, TimeSpan.FromMinutes(5), 500, Stop);
        Assert.Equal(2, claims.Count);

        Assert.True(await store.CountAsync(claims[0], 1, Stop));
        Assert.True(await store.CountAsync(claims[0], 1, Stop)); // its own place
        Assert.False(await store.CountAsync(claims[1], 1, Stop));
        await store.SettleAsync(claims[0], claims[0].Delivery.Answer(AttemptOutcome.Temporary, "451", MailPurpose.Marketing, null, now, 0), false, Stop);
        Assert.True(await store.CountAsync(claims[1], 1, Stop));
        await store.SettleAsync(claims[1], claims[1].Delivery.Answer(AttemptOutcome.InDoubt, "?", MailPurpose.Marketing, null, now, 0), false, Stop);
        Assert.Equal(1, (await store.FactsAsync(claims[0].Message, Stop)).MarketingInWindow); // it may have arrived, so it counts
    }

    private Dispatcher Dispatcher(string node, ConcurrentBag<string> arrived) => new(
        portal.Server.Services.GetRequiredService<IOutboxStore>(), new SlowTransport(arrived),
        new MailRenderer(StandardTemplates.Load(), portal.Server.Services.GetRequiredService<MailSenders>().Create()),
        new TokenBucket(10_000, 10_000, portal.Server.Time.GetUtcNow().UtcDateTime),
        new(new(EmailAddress.Parse("a@kopi.example"), "Kopi"), new(EmailAddress.Parse("offers@kopi.example"), "Kopi"), "kopi.example", 7, TimeSpan.FromMinutes(5), SendPolicy.Default with { MarketingCap = Cap },
            _ => new("offers.kopi.example", "https://kopi.example/u/1")),
        portal.Server.Time, node);

    private async Task<int> WaitingAsync()
    {
        await using var db = portal.Server.OpenDatabase();
        return await db.Set<OutboxRow>().CountAsync(m => m.Text == "beans" && m.State == DeliveryState.Pending, Stop);
    }

    private sealed class SlowTransport(ConcurrentBag<string> arrived) : IMailTransport
    {
        public async Task<SendResult> SendAsync(WireMail mail, CancellationToken cancellation)
        {
            await Task.Delay(15, cancellation); // long enough for others to look meanwhile
            arrived.Add(mail.To.Value);
            return new(AttemptOutcome.Accepted, "250");
        }

        public Task CloseAsync() => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

public sealed class MarketingCapOnSqlite(QuietSqlite portal) : MarketingCapTests(portal), IClassFixture<QuietSqlite>;

public sealed class MarketingCapOnPostgres(QuietPostgres portal) : MarketingCapTests(portal), IClassFixture<QuietPostgres>;
