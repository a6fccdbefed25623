using Microsoft.EntityFrameworkCore;
using Notifications.Messages;
using Portal.Data;
using Portal.Identity;
using Portal.Platform;
using Portal.Platform.Mail;

namespace Portal.Features.Messages.Staff;

/// <summary>What a person may do about a mail that did not simply go out.</summary>
public enum MailStep
{
    /// <summary>Send it; of a marketing mail whose fate is uncertain, perhaps a second time.</summary>
    Send,

    /// <summary>Believe that it arrived.</summary>
    TakeAsSent,
}

/// <summary>A mail that did not simply go out.</summary>
/// <param name="Text">Key of the text, where a rule sent it.</param>
/// <param name="Detail">The mail server's answer, in its own words.</param>
/// <param name="NextAt">When it is tried again by itself; null: not at all.</param>
/// <param name="Steps">What may be done about it.</param>
public sealed record StuckMail(
    Guid Id, string Template, string? Text, MailPurpose Purpose, string Address, DeliveryState State, int Attempts, string? Detail, DateTime CreatedAt, DateTime? NextAt, IReadOnlyList<MailStep> Steps);

/// <summary>Mails that need a look, with how many there are in each state.</summary>
public sealed record StuckMailList(IReadOnlyList<StuckMail> Mails, IReadOnlyDictionary<DeliveryState, int> Counts);

/// <summary>What somebody decided about a mail.</summary>
/// <param name="By">Null: the account is gone.</param>
/// <param name="Address">Null: the mail was erased.</param>
/// <param name="Text">Key of the text, where a rule sent it.</param>
/// <param name="Was">How it was stuck.</param>
/// <param name="Now">What has become of it; null: it was erased.</param>
public sealed record MailDecision(DateTime At, string? By, string? Address, string? Template, string? Text, DeliveryState Was, MailStep Step, DeliveryState? Now);

/// <summary>Shows mails that are uncertain, refused, given up or refused for now, and does what a person decides about them.</summary>
public sealed partial class StuckMails(IDbContextFactory<PortalDb> databases, TimeProvider time, ILogger<StuckMails> log)
{
    public const int Most = 100;
    public const int MostDecisions = 50;

    /// <summary>What needs a person first.</summary>
    public static readonly IReadOnlyList<DeliveryState> States = [DeliveryState.Unknown, DeliveryState.Expired, DeliveryState.HardBounce, DeliveryState.SoftBounce];

    /// <summary>The newest first.</summary>
    /// <param name="state">Only these; null: all of <see cref="States"/>.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<StuckMailList> ListAsync(DeliveryState? state, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var stuck = db.Set<OutboxRow>().AsNoTracking().Where(m => States.Contains(m.State));
        var counts = await stuck.GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var rows = await stuck.Where(m => state == null || m.State == state).OrderByDescending(m => m.CreatedAt).Take(Most).ToListAsync(cancel);
        return new([.. rows.Select(Of)], counts);
    }

    /// <summary>What was decided, the newest first.</summary>
    public async Task<IReadOnlyList<MailDecision>> DecidedAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await (
            from d in db.Set<MailDecisionRow>()
            join u in db.Set<User>() on d.By equals u.Id into users
            from u in users.DefaultIfEmpty()
            join m in db.Set<OutboxRow>() on d.MailId equals m.Id into mails
            from m in mails.DefaultIfEmpty()
            orderby d.At descending, d.Id descending
            select new MailDecision(
                d.At, u == null ? null : u.Name, m == null ? null : m.Address, m == null ? null : m.Template, m == null ? null : m.Text, d.Was, d.Step,
                m == null ? (DeliveryState?)null : m.State)).Take(MostDecisions).ToListAsync(cancel);
    }

    /// <summary>Does it, unless the mail has gone on meanwhile.</summary>
    public async Task<Result<StuckMail>> HandleAsync(Guid id, MailStep step, Guid by, CancellationToken cancel)
    {
        var now = time.UtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<OutboxRow>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, cancel) is not { } row || !Steps(row).Contains(step))
            return new Refusal("moved");
        var before = row.ToDelivery();
        var next = row.State == DeliveryState.Unknown ? before.Resolve(sendAgain: step == MailStep.Send, now) : before.TryNow(now);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var done = await db.Set<OutboxRow>().Where(m => m.Id == id && m.State == before.State && m.DueAt == before.DueAt && m.Attempts == before.Attempts)
            .ExecuteUpdateAsync(s => s
                .SetProperty(m => m.State, next.State)
                .SetProperty(m => m.Attempts, next.Attempts)
                .SetProperty(m => m.DueAt, next.DueAt)
                .SetProperty(m => m.SettledAt, next.SettledAt), cancel);
        if (done == 0)
            return new Refusal("moved");
        db.Add(new MailDecisionRow { MailId = id, Was = before.State, Step = step, At = now, By = by });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        Decided(id, before.State, step, by);
        return Of(row);
    }

    private static StuckMail Of(OutboxRow m) => new(
        m.Id, m.Template, m.Text, m.Purpose, m.Address, m.State, m.Attempts, m.Detail, m.CreatedAt, m.State == DeliveryState.SoftBounce ? m.DueAt : null, Steps(m));

    /// <summary>A refused address stays refused, and a one-time link that is over is erased: its owner asks for another.</summary>
    private static IReadOnlyList<MailStep> Steps(OutboxRow m) => m.State switch
    {
        DeliveryState.Unknown => [MailStep.Send, MailStep.TakeAsSent],
        DeliveryState.Expired when m.ExpiresAt is null => [MailStep.Send],
        DeliveryState.SoftBounce => [MailStep.Send],
        _ => [],
    };

    [LoggerMessage(1, LogLevel.Information, "Mail {Id} ({State}): {Step} by {By}.")]
    private partial void Decided(Guid id, DeliveryState state, MailStep step, Guid by);
}
