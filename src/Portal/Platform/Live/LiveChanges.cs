using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Platform.Live;

/// <summary>
/// Tells open pages on every node that something changed. Only that it did: who listens reads what is there now, so a call
/// that gets lost or comes twice does no harm.
/// </summary>
public sealed class LiveChanges(TimeProvider time)
{
    internal const string Channel = "portal_live";

    private readonly Lock gate = new();
    private readonly Dictionary<string, HashSet<LiveSubscription>> listeners = [];

    /// <summary>Says it with the open transaction: heard when that commits, not at all when it does not. Without one, on SQLite, with the next <c>SaveChanges</c>.</summary>
    public async Task SayAsync(PortalDb db, string topic, CancellationToken cancel)
    {
        if (db.IsPostgres)
            await db.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {topic})", cancel);
        else
            db.Add(new LiveChangeRow { Topic = topic, At = time.UtcNow() });
    }

    internal bool IsHeard
    {
        get
        {
            lock (gate)
                return listeners.Count > 0;
        }
    }

    internal LiveSubscription Subscribe(params IReadOnlyList<string> topics)
    {
        var subscription = new LiveSubscription(this, topics);
        lock (gate)
            foreach (var topic in topics)
                (listeners.TryGetValue(topic, out var all) ? all : listeners[topic] = []).Add(subscription);
        return subscription;
    }

    internal void Unsubscribe(LiveSubscription subscription)
    {
        lock (gate)
            foreach (var topic in subscription.Topics)
                if (listeners.TryGetValue(topic, out var all) && all.Remove(subscription) && all.Count == 0)
                    listeners.Remove(topic);
    }

    internal void Raise(string topic)
    {
        lock (gate)
            if (listeners.TryGetValue(topic, out var all))
                foreach (var subscription in all)
                    subscription.Wake();
    }

    /// <summary>After the line to the database was down: nobody knows what was missed, so everybody looks.</summary>
    internal void RaiseAll()
    {
        lock (gate)
            foreach (var subscription in listeners.Values.SelectMany(l => l))
                subscription.Wake();
    }
}

/// <summary>One open page's ear. Several calls before it looks are one.</summary>
internal sealed class LiveSubscription(LiveChanges changes, IReadOnlyList<string> topics) : IDisposable
{
    private readonly SemaphoreSlim calls = new(0, 1);

    public IReadOnlyList<string> Topics => topics;

    public void Wake()
    {
        lock (calls)
            if (calls.CurrentCount == 0)
                calls.Release();
    }

    /// <returns>False when the time passed without a call.</returns>
    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancel) => calls.WaitAsync(atMost, cancel);

    public void Dispose() => changes.Unsubscribe(this);
}
