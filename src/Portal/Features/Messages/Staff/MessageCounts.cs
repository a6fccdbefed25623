using Microsoft.EntityFrameworkCore;
using Notifications.Messages;
using Portal.Data;
using Portal.Platform;
using Portal.Platform.Mail;
using Portal.Rewarding.Messages;

namespace Portal.Features.Messages.Staff;

/// <summary>How a text fared in a period.</summary>
/// <param name="Sent">The mail server took them.</param>
/// <param name="OnTheWay">Written and not sent yet: in line, or tried again after a refusal for now.</param>
/// <param name="ForHours">Wait for the end of the quiet hours.</param>
/// <param name="Reasons">How many were held back or failed, by key of the reason, the most frequent first.</param>
public sealed record MessageCount(int Sent, int OnTheWay, int ForHours, IReadOnlyList<(string Reason, int Count)> Reasons)
{
    public static readonly MessageCount None = new(0, 0, 0, []);

    public int HeldBack => Reasons.Sum(r => r.Count);

    public int All => Sent + OnTheWay + ForHours + HeldBack;
}

/// <summary>Counts what became of what rules wanted to say, from the outbox and from what never got there.</summary>
public sealed class MessageCounts(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Periods that staff may choose, in days.</summary>
    public static readonly IReadOnlyList<int> Periods = [7, 30, 90, 365];

    public const int Usual = 30;

    /// <summary>By key of the text; also texts that are gone. Texts of which nothing was said are left out.</summary>
    /// <param name="days">The period ends now.</param>
    /// <param name="text">Only this one; null: all.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<IReadOnlyDictionary<string, MessageCount>> ReadAsync(int days, string? text, CancellationToken cancel)
    {
        var now = time.UtcNow();
        var since = now.AddDays(-days);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var written = await db.Set<OutboxRow>().Where(m => m.Text != null && (text == null || m.Text == text) && m.CreatedAt >= since)
            .GroupBy(m => new { m.Text, m.State, Reason = m.State == DeliveryState.Suppressed ? m.Detail : null, Later = m.State == DeliveryState.Pending && m.DueAt > now })
            .Select(g => new { g.Key.Text, g.Key.State, g.Key.Reason, g.Key.Later, Count = g.Count() }).ToListAsync(cancel);
        var held = await db.Set<HeldMessageRow>().Where(h => (text == null || h.Text == text) && h.At >= since)
            .GroupBy(h => new { h.Text, h.Reason }).Select(g => new { g.Key.Text, g.Key.Reason, Count = g.Count() }).ToListAsync(cancel);
        var reasons = written.Select(w => (w.Text, Reason: ReasonOf(w.State, w.Reason), w.Count)).Where(w => w.Reason is not null)
            .Concat(held.Select(h => (Text: (string?)h.Text, Reason: (string?)ReasonOf(h.Reason), h.Count)))
            .GroupBy(r => r.Text!).ToDictionary(
                g => g.Key,
                g => g.GroupBy(r => r.Reason!).Select(r => (r.Key, r.Sum(x => x.Count))).OrderByDescending(r => r.Item2).ThenBy(r => r.Key, StringComparer.Ordinal).ToList());
        return written.Select(w => w.Text!).Concat(held.Select(h => h.Text)).Distinct().ToDictionary(key => key, key => new MessageCount(
            Sum(key, w => w.State == DeliveryState.Sent),
            Sum(key, w => w.State is DeliveryState.Claimed or DeliveryState.SoftBounce || (w.State == DeliveryState.Pending && !w.Later)),
            Sum(key, w => w.Later),
            reasons.GetValueOrDefault(key) ?? []));

        int Sum(string key, Func<(DeliveryState State, bool Later), bool> which) => written.Where(w => w.Text == key && which((w.State, w.Later))).Sum(w => w.Count);
    }

    private static string? ReasonOf(DeliveryState state, string? detail) => state switch
    {
        DeliveryState.Suppressed => detail,
        DeliveryState.HardBounce => "refused",
        DeliveryState.Expired => "given-up",
        DeliveryState.Cancelled => "withdrawn",
        DeliveryState.Unknown => "uncertain",
        _ => null,
    };

    // Whether consent was missing when it was written or when it would have been sent is the same to who wrote the text.
    private static string ReasonOf(HeldReason reason) => reason switch
    {
        HeldReason.TextGone => "text-gone",
        HeldReason.NoAddress => "no-address",
        HeldReason.NoConsent => "no-consent",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
