using Microsoft.EntityFrameworkCore;
using Notifications.Messages;
using Notifications.Policies;
using Notifications.Sending;
using Portal.Data;

namespace Portal.Platform.Mail;

/// <summary>The outbox in the database. One UPDATE takes the rows: PostgreSQL skips those another node is taking, SQLite has one writer at a time.</summary>
internal sealed class OutboxStore(IDbContextFactory<PortalDb> databases, MailOptions mail, IEnumerable<IMarketingFacts> marketing, TimeProvider time) : IOutboxStore
{
    private const string Take = """
        UPDATE outbox SET "Abandoned" = ("State" = 'Claimed'), "State" = 'Claimed', "Attempts" = "Attempts" + 1, "Owner" = {0}, "LeaseUntil" = {1}
        WHERE "Id" IN (
            SELECT "Id" FROM outbox
            WHERE ("State" IN ('Pending', 'SoftBounce') AND "DueAt" <= {2}) OR ("State" = 'Claimed' AND "LeaseUntil" <= {2})
            ORDER BY "DueAt" LIMIT {3}
        """;

    public async Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(string owner, DateTime now, TimeSpan lease, int max, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var sql = Take + (db.IsPostgres ? " FOR UPDATE SKIP LOCKED)" : ")");
        var taken = await db.Database.ExecuteSqlRawAsync(sql, [owner, now + lease, now, max], cancellation);
        if (taken == 0)
            return [];
        var rows = await db.Set<OutboxRow>().AsNoTracking().Where(m => m.Owner == owner && m.State == DeliveryState.Claimed).OrderBy(m => m.DueAt).ToListAsync(cancellation);
        return [.. rows.Select(m => new ClaimedMessage(m.ToMessage(), m.ToDelivery(), m.Abandoned))];
    }

    public async Task<bool> SettleAsync(ClaimedMessage claim, Delivery next, bool blockAddress, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // A one-time link is worth something to a thief as long as it is stored.
        var model = next.IsSettled && claim.Message.ExpiresAt is not null ? OutboxRow.Erased : claim.Message.ModelJson;
        var settled = await db.Set<OutboxRow>()
            .Where(m => m.Id == claim.Message.Id.Value && m.Owner == claim.Delivery.Owner && m.State == DeliveryState.Claimed)
            .ExecuteUpdateAsync(s => s
                .SetProperty(m => m.State, next.State)
                .SetProperty(m => m.Attempts, next.Attempts)
                .SetProperty(m => m.DueAt, next.DueAt)
                .SetProperty(m => m.Owner, next.Owner)
                .SetProperty(m => m.LeaseUntil, next.LeaseUntil)
                .SetProperty(m => m.Detail, next.Detail)
                .SetProperty(m => m.SettledAt, next.SettledAt)
                .SetProperty(m => m.Counted, false)
                .SetProperty(m => m.Model, model), cancellation);
        if (settled == 1 && blockAddress)
        {
            await db.Database.ExecuteSqlAsync(
                $"""INSERT INTO blocked_addresses ("Address", "BlockedAt") VALUES ({claim.Message.Key.Recipient}, {time.UtcNow()}) ON CONFLICT ("Address") DO NOTHING""", cancellation);
        }
        await transaction.CommitAsync(cancellation);
        return settled == 1;
    }

    private const string Count = """
        UPDATE outbox SET "Counted" = {0} WHERE "Id" = {1} AND "Owner" = {2} AND "State" = 'Claimed'
        AND (SELECT COUNT(*) FROM outbox o WHERE o."Recipient" = {3} AND o."Purpose" = 'Marketing' AND o."Id" <> {1}
            AND ((o."State" IN ('Sent', 'Unknown') AND o."SettledAt" >= {4}) OR (o."State" = 'Claimed' AND o."Counted"))) < {5}
        """;

    public async Task<bool> CountAsync(ClaimedMessage claim, int cap, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var recipient = claim.Message.Key.Recipient;
        // One at a time for each recipient: on PostgreSQL by a lock of its own until the commit, on SQLite as every writing is.
        if (db.IsPostgres)
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"marketing:" + recipient}, 0))", cancellation);
        var counted = await db.Database.ExecuteSqlRawAsync(
            Count, [true, claim.Message.Id.Value, claim.Delivery.Owner!, recipient, time.UtcNow().AddDays(-mail.MarketingDays), cap], cancellation);
        await transaction.CommitAsync(cancellation);
        return counted == 1;
    }

    // Advertising goes out only when somebody knows the person and says that it is wanted.
    public async Task<RecipientFacts> FactsAsync(OutboxMessage message, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var blocked = await db.Set<BlockedAddressRow>().AnyAsync(b => b.Address == message.Key.Recipient, cancellation);
        if (blocked || message.Purpose != MailPurpose.Marketing)
            return RecipientFacts.None with { AddressBlocked = blocked };
        var since = time.UtcNow().AddDays(-mail.MarketingDays);
        var lately = await db.Set<OutboxRow>().CountAsync(
            m => m.Recipient == message.Key.Recipient && m.Purpose == MailPurpose.Marketing && (m.State == DeliveryState.Sent || m.State == DeliveryState.Unknown) && m.SettledAt >= since, cancellation);
        var (wanted, complaint) = (false, false);
        foreach (var source in marketing)
        {
            var said = await source.OfAsync(db, message, cancellation);
            (wanted, complaint) = (wanted || said.Wanted, complaint || said.ComplaintOpen);
        }
        return new(blocked, wanted, lately, complaint);
    }
}
