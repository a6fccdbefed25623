using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Portal.Identity;
using Portal.Identity.Sessions;

namespace Portal.Platform.Live;

/// <summary>What a page follows.</summary>
/// <param name="Person">Whose connections are counted together.</param>
/// <param name="Topics">What is listened to.</param>
/// <param name="ReadAsync">A short stamp of what is there now; null when this reader may not see it any more.</param>
/// <param name="LeaveAsync">When the page is closed.</param>
internal sealed record LiveSource(string Person, IReadOnlyList<string> Topics, Func<CancellationToken, Task<string?>> ReadAsync, Func<Task>? LeaveAsync = null);

/// <summary>
/// Server-sent events: "changed" with the stamp of what is there now. The stamp is the event's id, so a browser that was cut off
/// says what it saw last and hears at once when that is old. A stream ends with the sign-in, the right to see it, or the portal.
/// </summary>
internal sealed class LiveStreams(LiveChanges changes, SessionStore sessions, IHostApplicationLifetime life, IOptions<LiveOptions> options)
{
    private readonly ConcurrentDictionary<string, int> open = new();
    private int total;

    /// <summary>Topic that is called when sign-ins of a person end.</summary>
    public static string SessionsOf(Guid user) => $"sessions:{user:N}";

    public int Open => Volatile.Read(ref total);

    public async Task<IResult> OpenAsync(HttpContext http, LiveSource source, string? seen)
    {
        if (await source.ReadAsync(http.RequestAborted) is null)
            return Results.NotFound();
        if (open.GetValueOrDefault(source.Person) >= options.Value.ConnectionsPerPerson || Open >= options.Value.ConnectionsPerNode)
        {
            http.Response.Headers.RetryAfter = "60";
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }
        http.Response.Headers["X-Accel-Buffering"] = "no"; // proxies that would collect the answer first
        var last = http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } resumed ? resumed : seen;
        return TypedResults.ServerSentEvents(FollowAsync(http, source, last, http.RequestAborted));
    }

    private async IAsyncEnumerable<SseItem<string>> FollowAsync(HttpContext http, LiveSource source, string? seen, [EnumeratorCancellation] CancellationToken gone)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(gone, life.ApplicationStopping);
        var user = http.User.UserId();
        using var subscription = changes.Subscribe(user is { } id ? [.. source.Topics, SessionsOf(id)] : source.Topics);
        Count(source.Person, 1);
        try
        {
            // Not all at once after a restart.
            yield return new("", "open") { ReconnectionInterval = TimeSpan.FromMilliseconds(1000 + RandomNumberGenerator.GetInt32(2000)) };
            while (await ReadAsync(http, source, stop.Token) is { } stamp)
            {
                if (stamp != seen)
                    yield return new(stamp, "changed") { EventId = seen = stamp };
                if (!await WaitAsync(subscription, stop.Token))
                    yield return new("", "beat");
            }
            if (!stop.IsCancellationRequested)
                yield return new("", "over");
        }
        finally
        {
            Count(source.Person, -1);
            if (source.LeaveAsync is { } leave)
                await leave();
        }
    }

    private async Task<string?> ReadAsync(HttpContext http, LiveSource source, CancellationToken stop)
    {
        try
        {
            stop.ThrowIfCancellationRequested();
            if (http.User.UserId() is { } user && (http.User.SessionId() is not { } session || !await sessions.IsOpenAsync(session, user, stop)))
                return null;
            return await source.ReadAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<bool> WaitAsync(LiveSubscription subscription, CancellationToken stop)
    {
        try
        {
            return await subscription.WaitAsync(TimeSpan.FromSeconds(options.Value.BeatSeconds), stop);
        }
        catch (OperationCanceledException)
        {
            return true; // the loop sees it
        }
    }

    private void Count(string person, int by)
    {
        Interlocked.Add(ref total, by);
        open.AddOrUpdate(person, by, (_, n) => n + by);
        open.TryRemove(new(person, 0));
    }
}
