using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Notifications.Messages;
using Notifications.Sending;
using Notifications.Templates;
using Portal.Jobs;
using Portal.Platform.Mail;
using Tests.Shared;

namespace Portal.Tests.Platform.Mail;

/// <summary>The outbox with nobody sending, so that a test sees what it wrote.</summary>
public abstract class OutboxTests(PortalFixture portal)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static int _count;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Outbox Outbox => portal.Server.Services.GetRequiredService<Outbox>();

    private IOutboxStore Store => portal.Server.Services.GetRequiredService<IOutboxStore>();

    private DateTime Now => portal.Server.Time.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task Mail_exists_exactly_when_the_change_it_tells_of_was_committed()
    {
        var (kept, undone) = (await WriteAsync(), await WriteAsync(commit: false));
        Assert.Equal(DeliveryState.Pending, (await RowAsync(kept))!.State);
        Assert.Null(await RowAsync(undone));
    }

    [Fact]
    public async Task The_same_event_told_twice_is_told_once()
    {
        var address = await WriteAsync(eventId: "purchase-7");
        await WriteAsync(address, eventId: "purchase-7");
        await WriteAsync(address.ToUpperInvariant(), eventId: "purchase-7");
        await WriteAsync(address, eventId: "purchase-8");
        await using var db = portal.Server.OpenDatabase();
        Assert.Equal(2, await db.Set<OutboxRow>().CountAsync(m => m.Recipient == address, Stop));
    }

    [Fact]
    public async Task Mail_outside_a_transaction_is_refused()
    {
        await using var db = portal.Server.OpenDatabase();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Outbox.AddAsync(db, To("a@example.com"), Model, "e", cancel: Stop));
    }

    [Fact]
    public async Task A_claim_in_the_database_is_the_claim_of_the_library()
    {
        var address = await WriteAsync();
        var before = (await RowAsync(address))!.ToDelivery();
        var claim = await ClaimAsync("n/1", address);
        Assert.Equal(before.Claim("n/1", Now, Lease), claim.Delivery);
        Assert.Equal(claim.Delivery, (await RowAsync(address))!.ToDelivery());
        Assert.Equal((address, "Sari", "id", "Asia/Jakarta"), (claim.Message.To.Address.Value, claim.Message.To.Name, claim.Message.To.Language, claim.Message.To.Zone));
        Assert.False(claim.Abandoned);
    }

    [Fact]
    public async Task Nodes_that_claim_at_once_never_get_the_same_mail()
    {
        var written = new HashSet<string>();
        for (var i = 0; i < 60; i++)
            written.Add(await WriteAsync());
        var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(node => Task.Run(async () =>
        {
            var mine = new List<string>();
            for (var round = 0; ; round++)
            {
                var claims = await Store.ClaimAsync($"node{node}/{round}", Now, Lease, 4, Stop);
                if (claims.Count == 0)
                    return mine;
                mine.AddRange(claims.Select(c => c.Message.To.Address.Value).Where(written.Contains));
            }
        }, Stop)));
        Assert.Equal(60, taken.Sum(t => t.Count));
        Assert.Equal(written.Order(), taken.SelectMany(t => t).Order());
    }

    [Fact]
    public async Task Who_lost_the_lease_cannot_record_any_more()
    {
        var address = await WriteAsync();
        var late = await ClaimAsync("slow/1", address);
        portal.Server.Time.Advance(Lease);
        var current = await ClaimAsync("fast/1", address);
        Assert.True(current.Abandoned);
        Assert.Equal(2, current.Delivery.Attempts);
        Assert.False(await Store.SettleAsync(late, Accepted(late), false, Stop));
        Assert.True(await Store.SettleAsync(current, Accepted(current), false, Stop));
        var row = await RowAsync(address);
        Assert.Equal((DeliveryState.Sent, null), (row!.State, row.Owner));
    }

    [Fact]
    public async Task A_dead_mailbox_is_blocked_and_a_settled_one_time_link_is_erased()
    {
        var address = await WriteAsync(expires: Now.AddHours(1));
        var claim = await ClaimAsync("n/2", address);
        Assert.False((await Store.FactsAsync(claim.Message, Stop)).AddressBlocked);
        await Store.SettleAsync(claim, claim.Delivery.Answer(AttemptOutcome.Permanent, "550", MailPurpose.Transactional, null, Now, 0), true, Stop);
        Assert.True((await Store.FactsAsync(claim.Message, Stop)).AddressBlocked);
        Assert.Equal(OutboxRow.Erased, (await RowAsync(address))!.Model);
    }

    [Fact]
    public async Task A_link_still_to_be_sent_is_kept_and_waiting_mail_can_be_withdrawn()
    {
        var address = await WriteAsync(eventId: "reset-1", expires: Now.AddHours(1));
        var claim = await ClaimAsync("n/3", address);
        await Store.SettleAsync(claim, claim.Delivery.Answer(AttemptOutcome.Temporary, "451", MailPurpose.Transactional, null, Now, 0), false, Stop);
        var row = (await RowAsync(address))!;
        Assert.Equal(DeliveryState.SoftBounce, row.State);
        Assert.Contains("https://kopi.example/c", row.Model);
        await using var db = portal.Server.OpenDatabase();
        Assert.Equal(1, await Outbox.CancelAsync(db, "reset-1", "account closed", Stop));
        Assert.Equal(DeliveryState.Cancelled, (await RowAsync(address))!.State);
    }

    private static ConfirmEmailMail Model => new("https://kopi.example/c", new(2026, 9, 18, 3, 0, 0, DateTimeKind.Utc));

    private static Delivery Accepted(ClaimedMessage claim) =>
        claim.Delivery.Answer(AttemptOutcome.Accepted, "250", MailPurpose.Transactional, null, claim.Delivery.DueAt, 0);

    private Recipient To(string address) => Outbox.To(address, "Sari", "id-ID")!;

    private async Task<string> WriteAsync(string? address = null, string eventId = "event", DateTime? expires = null, bool commit = true)
    {
        address ??= $"m{Interlocked.Increment(ref _count)}@example.com";
        await using var db = portal.Server.OpenDatabase();
        await using var transaction = await db.Database.BeginTransactionAsync(Stop);
        await Outbox.AddAsync(db, To(address), Model, eventId, expires, Stop);
        if (commit)
            await transaction.CommitAsync(Stop);
        return address;
    }

    private async Task<OutboxRow?> RowAsync(string address)
    {
        await using var db = portal.Server.OpenDatabase();
        return await db.Set<OutboxRow>().AsNoTracking().SingleOrDefaultAsync(m => m.Recipient == address, Stop);
    }

    private async Task<ClaimedMessage> ClaimAsync(string owner, string address) =>
        (await Store.ClaimAsync(owner, Now, Lease, 500, Stop)).Single(c => c.Message.To.Address.Value == address);

    internal static void SendNothing(IServiceCollection services) =>
        services.Remove(services.Single(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType == typeof(SendMessages)));
}

public sealed class QuietSqlite : SqlitePortal
{
    protected override PortalServerOptions Options => base.Options with { Services = OutboxTests.SendNothing };
}

public sealed class QuietPostgres : PostgresPortal
{
    protected override PortalServerOptions Options => base.Options with { Services = OutboxTests.SendNothing };
}

public sealed class OutboxOnSqlite(QuietSqlite portal) : OutboxTests(portal), IClassFixture<QuietSqlite>;

public sealed class OutboxOnPostgres(QuietPostgres portal) : OutboxTests(portal), IClassFixture<QuietPostgres>;
