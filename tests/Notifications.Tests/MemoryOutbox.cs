using Notifications.Messages;
using Notifications.Policies;
using Notifications.Sending;

namespace Notifications.Tests;

/// <summary>An outbox in memory that keeps the port's promises.</summary>
internal sealed class MemoryOutbox : IOutboxStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<OutboxId, (OutboxMessage Message, Delivery Delivery)> _rows = [];

    public HashSet<string> Blocked { get; } = [];

    public int SettleFaults { get; set; }

    public void Add(OutboxMessage message)
    {
        lock (_lock) _rows.Add(message.Id, (message, Delivery.New(message.CreatedAt)));
    }

    public Delivery this[OutboxMessage message]
    {
        get
        {
            lock (_lock) return _rows[message.Id].Delivery;
        }
    }

    public Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(string owner, DateTime now, TimeSpan lease, int max, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var claims = new List<ClaimedMessage>();
            foreach (var (message, delivery) in _rows.Values.Where(r => r.Delivery.CanClaim(now)).OrderBy(r => r.Delivery.DueAt).Take(max).ToList())
            {
                var claimed = delivery.Claim(owner, now, lease);
                _rows[message.Id] = (message, claimed);
                claims.Add(new(message, claimed, delivery.State == DeliveryState.Claimed));
            }
            return Task.FromResult<IReadOnlyList<ClaimedMessage>>(claims);
        }
    }

    public Task<bool> SettleAsync(ClaimedMessage claim, Delivery next, bool blockAddress, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (SettleFaults-- > 0) throw new IOException("database away");
            if (_rows[claim.Message.Id].Delivery.Owner != claim.Delivery.Owner) return Task.FromResult(false);
            _rows[claim.Message.Id] = (claim.Message, next);
            if (blockAddress) Blocked.Add(claim.Message.To.Address.Normalized);
            return Task.FromResult(true);
        }
    }

    /// <summary>Places that others take away while they are sending.</summary>
    public int OnTheirWay { get; set; }

    public Task<bool> CountAsync(ClaimedMessage claim, int cap, CancellationToken cancellation)
    {
        lock (_lock) return Task.FromResult(OnTheirWay < cap);
    }

    public Task<RecipientFacts> FactsAsync(OutboxMessage message, CancellationToken cancellation)
    {
        lock (_lock) return Task.FromResult(RecipientFacts.None with { AddressBlocked = Blocked.Contains(message.To.Address.Normalized), MarketingConsent = true });
    }
}

/// <summary>A clock the test moves.</summary>
internal sealed class TestClock(DateTime now) : TimeProvider
{
    public DateTime Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => new(Now, TimeSpan.Zero);
}
