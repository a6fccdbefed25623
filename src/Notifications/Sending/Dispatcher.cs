using Notifications.Messages;
using Notifications.Policies;
using Notifications.Rendering;

namespace Notifications.Sending;

/// <summary>What a dispatcher needs to know.</summary>
/// <param name="From">From address of transactional mail.</param>
/// <param name="FromMarketing">From address of marketing mail.</param>
/// <param name="Domain">Right side of the Message-ID.</param>
/// <param name="BatchSize">Messages taken at a time.</param>
/// <param name="Lease">How long they are held.</param>
/// <param name="Policy">When to be silent.</param>
/// <param name="ListHeaders">Makes the unsubscribe headers of a marketing message; null: marketing cannot be sent.</param>
public sealed record DispatcherOptions(
    MailFrom From, MailFrom FromMarketing, string Domain, int BatchSize, TimeSpan Lease, SendPolicy Policy, Func<OutboxMessage, ListHeaders>? ListHeaders = null)
{
    /// <summary>Options from settings.</summary>
    /// <param name="mail">Settings without <see cref="MailOptions.Problems"/>.</param>
    /// <param name="company">The company's name.</param>
    /// <param name="listHeaders">Makes the unsubscribe headers of a marketing message.</param>
    public static DispatcherOptions Of(MailOptions mail, string company, Func<OutboxMessage, ListHeaders>? listHeaders = null)
    {
        var name = mail.FromName.Length > 0 ? mail.FromName : company;
        return new(new(EmailAddress.Parse(mail.From), name), new(EmailAddress.Parse(mail.FromMarketing), name),
            mail.EffectiveDomain, mail.BatchSize, TimeSpan.FromSeconds(mail.LeaseSeconds), new(new(mail.QuietFrom, mail.QuietUntil), mail.MarketingCap), listHeaders);
    }
}

/// <summary>What became of one message in a run.</summary>
/// <param name="Id">The outbox row.</param>
/// <param name="Template">Key of its template.</param>
/// <param name="State">Its new state.</param>
/// <param name="Detail">Why, or the relay's answer; may name the address, so it is stored but not logged.</param>
/// <param name="Fault">The mail could not be built: a mistake in a template or a value, to be looked at.</param>
/// <param name="LeaseLost">The result came too late and was not recorded; another dispatcher decides.</param>
public sealed record DispatchedMessage(OutboxId Id, string Template, DeliveryState State, string? Detail, Exception? Fault, bool LeaseLost);

/// <summary>The outcome of one run.</summary>
/// <param name="Messages">Every message taken.</param>
/// <param name="RelayProblem">Why the relay could not be used, or null when it could or was not needed.</param>
public sealed record DispatchReport(IReadOnlyList<DispatchedMessage> Messages, string? RelayProblem)
{
    /// <summary>How many were accepted.</summary>
    public int Sent => Messages.Count(m => m.State == DeliveryState.Sent);
}

/// <summary>Takes due messages from the outbox, asks the policies, renders, sends and records. Any number may run beside each other on any number of nodes.</summary>
/// <param name="store">The outbox.</param>
/// <param name="transport">The way out; this dispatcher's own.</param>
/// <param name="renderer">Fills the templates.</param>
/// <param name="bucket">Rate limit.</param>
/// <param name="options">Addresses and sizes.</param>
/// <param name="time">The clock.</param>
/// <param name="node">Name of this process, unique among those sharing the outbox.</param>
public sealed class Dispatcher(IOutboxStore store, IMailTransport transport, MailRenderer renderer, TokenBucket bucket, DispatcherOptions options, TimeProvider time, string node)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);
    private int _claims;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Takes one batch and deals with it. An empty report means that nothing was due.</summary>
    /// <param name="cancellation">Stops after the mail in hand; what was not begun goes back unused.</param>
    public async Task<DispatchReport> RunAsync(CancellationToken cancellation)
    {
        var owner = $"{node}/{++_claims}";
        var claims = await store.ClaimAsync(owner, Now, options.Lease, options.BatchSize, cancellation);
        var done = new List<DispatchedMessage>(claims.Count);
        string? relayProblem = null;
        try
        {
            foreach (var claim in claims)
            {
                var step = await StepAsync(claim, relayProblem, cancellation);
                relayProblem ??= step.RelayProblem;
                var kept = await RecordAsync(claim, step);
                done.Add(new(claim.Message.Id, claim.Message.Key.Template, step.Next.State, step.Next.Detail, step.Fault, !kept));
            }
        }
        finally
        {
            await transport.CloseAsync();
        }
        return new(done, relayProblem);
    }

    private sealed record Step(Delivery Next, bool BlockAddress = false, string? RelayProblem = null, Exception? Fault = null);

    private async Task<Step> StepAsync(ClaimedMessage claim, string? relayProblem, CancellationToken cancellation)
    {
        var (message, delivery) = (claim.Message, claim.Delivery);
        if (delivery.BeforeSending(claim.Abandoned, message.Purpose, message.ExpiresAt, Now) is { } ended) return new(ended);
        if (relayProblem is not null) return new(Answer(claim, AttemptOutcome.Temporary, $"Not tried, because the relay failed on another mail. {relayProblem}"));
        try
        {
            if (cancellation.IsCancellationRequested) return new(delivery.Release(Now));
            switch (options.Policy.Decide(message, await store.FactsAsync(message, cancellation), Now))
            {
                case SendVerdict.Suppress silent: return new(delivery.Suppress(silent.Reason, Now));
                case SendVerdict.Defer later: return new(delivery.Release(later.DueAt));
            }
            // Others are on their way to the same person at this moment. Whether they arrive decides about this one.
            if (message.Purpose == MailPurpose.Marketing && !await store.CountAsync(claim, options.Policy.MarketingCap, cancellation)) return new(delivery.Release(Now + AskAgain));
            var wait = bucket.Take(Now);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellation);
            return await SendAsync(claim, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new(delivery.Release(Now)); // stopped before the handover
        }
    }

    private async Task<Step> SendAsync(ClaimedMessage claim, CancellationToken cancellation)
    {
        var left = claim.Delivery.LeaseUntil!.Value - Now - Margin;
        if (left <= TimeSpan.Zero) return new(claim.Delivery.Release(Now)); // someone else may take it while we would be sending
        WireMail mail;
        try
        {
            mail = Build(claim.Message);
        }
        catch (Exception fault)
        {
            // A mistake in a template or a value: kept and tried again, so that a corrected release sends it.
            return new(Answer(claim, AttemptOutcome.Temporary, $"The mail could not be built: {fault.GetType().Name}."), Fault: fault);
        }
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var lease = time.CreateTimer(_ => limit.Cancel(), null, left, Timeout.InfiniteTimeSpan);
        try
        {
            var result = await transport.SendAsync(mail, limit.Token);
            return new(Answer(claim, result.Outcome, result.Detail), result.AddressRefused, result.RelayDown ? result.Detail : null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(Answer(claim, AttemptOutcome.Temporary, "The relay was too slow for the lease."), RelayProblem: "The relay is too slow.");
        }
    }

    private WireMail Build(OutboxMessage message)
    {
        var marketing = message.Purpose == MailPurpose.Marketing;
        var list = !marketing ? null : options.ListHeaders?.Invoke(message) ?? throw new InvalidOperationException("Marketing mail needs unsubscribe headers.");
        return MimeWriter.Build(message, renderer.Render(message, list?.Url), marketing ? options.FromMarketing : options.From, options.Domain, Now, list);
    }

    private Delivery Answer(ClaimedMessage claim, AttemptOutcome outcome, string detail) =>
        claim.Delivery.Answer(outcome, detail, claim.Message.Purpose, claim.Message.ExpiresAt, Now, Random.Shared.NextDouble());

    // A result is worth a few tries: losing it means sending transactional mail twice. Not cancelled: what is sent must be recorded.
    private async Task<bool> RecordAsync(ClaimedMessage claim, Step step)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await store.SettleAsync(claim, step.Next, step.BlockAddress, CancellationToken.None);
            }
            catch (Exception) when (attempt < 3)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), time, CancellationToken.None);
            }
        }
    }
}
