namespace Notifications.Messages;

/// <summary>Where a message stands on its way to one recipient.</summary>
public enum DeliveryState
{
    /// <summary>Waits for its due time.</summary>
    Pending,

    /// <summary>A dispatcher holds it until its lease ends.</summary>
    Claimed,

    /// <summary>The relay accepted it.</summary>
    Sent,

    /// <summary>Refused for now; tried again when due.</summary>
    SoftBounce,

    /// <summary>Refused for good.</summary>
    HardBounce,

    /// <summary>Too late, or given up after the last attempt.</summary>
    Expired,

    /// <summary>A policy said to be silent.</summary>
    Suppressed,

    /// <summary>Withdrawn before it was sent.</summary>
    Cancelled,

    /// <summary>Marketing mail whose fate is uncertain; a person decides.</summary>
    Unknown,
}

/// <summary>What one attempt to send came to.</summary>
public enum AttemptOutcome
{
    /// <summary>The relay took it.</summary>
    Accepted,

    /// <summary>Refused for now, or the relay could not be reached: nothing was handed over.</summary>
    Temporary,

    /// <summary>Refused for good.</summary>
    Permanent,

    /// <summary>Handed over but not answered: it may or may not have been taken.</summary>
    InDoubt,
}

/// <summary>The life of a message as an immutable value; every method is one allowed step and throws on a step that is not.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Attempts">Claims so far that were not given back unused.</param>
/// <param name="DueAt">UTC; not before this.</param>
/// <param name="Owner">The claim that holds it; a fresh token per claim, so a late answer of an older claim is recognised.</param>
/// <param name="LeaseUntil">UTC end of the claim.</param>
/// <param name="Detail">Last answer or reason, without personal data beyond what the relay wrote.</param>
/// <param name="SettledAt">UTC moment of the last state that needs nothing more.</param>
public sealed record Delivery(DeliveryState State, int Attempts, DateTime DueAt, string? Owner, DateTime? LeaseUntil, string? Detail, DateTime? SettledAt)
{
    /// <summary>A new message, due at once or later.</summary>
    public static Delivery New(DateTime dueAt) => new(DeliveryState.Pending, 0, dueAt, null, null, null, null);

    /// <summary>Nothing more happens by itself.</summary>
    public bool IsSettled => State is not (DeliveryState.Pending or DeliveryState.SoftBounce or DeliveryState.Claimed);

    /// <summary>Whether a dispatcher may take it now: due, or abandoned by a claim whose lease has ended.</summary>
    public bool CanClaim(DateTime now) => State switch
    {
        DeliveryState.Pending or DeliveryState.SoftBounce => DueAt <= now,
        DeliveryState.Claimed => LeaseUntil <= now,
        _ => false,
    };

    /// <summary>Takes it for one attempt. An abandoned claim counts as an attempt made.</summary>
    public Delivery Claim(string owner, DateTime now, TimeSpan lease) => CanClaim(now)
        ? this with { State = DeliveryState.Claimed, Attempts = Attempts + 1, Owner = owner, LeaseUntil = now + lease }
        : throw Forbidden("claim");

    /// <summary>Records what the attempt came to.</summary>
    /// <param name="outcome">The result.</param>
    /// <param name="detail">The relay's answer.</param>
    /// <param name="purpose">On doubt transactional mail is sent again, marketing mail waits for a person.</param>
    /// <param name="expiresAt">When the message becomes pointless.</param>
    /// <param name="now">UTC.</param>
    /// <param name="jitter">A number in [0, 1) that spreads the retries.</param>
    public Delivery Answer(AttemptOutcome outcome, string? detail, MailPurpose purpose, DateTime? expiresAt, DateTime now, double jitter) => outcome switch
    {
        AttemptOutcome.Accepted => Settle(DeliveryState.Sent, detail, now),
        AttemptOutcome.Permanent => Settle(DeliveryState.HardBounce, detail, now),
        AttemptOutcome.InDoubt when purpose == MailPurpose.Marketing => Settle(DeliveryState.Unknown, detail, now),
        _ => Retry(detail, expiresAt, now, jitter),
    };

    /// <summary>Decides about a claimed message before anything is sent: null to go on, otherwise where it ends.</summary>
    /// <param name="abandoned">The claim took over one whose lease had ended, so an earlier attempt may have reached the relay.</param>
    /// <param name="purpose">On doubt marketing mail waits for a person.</param>
    /// <param name="expiresAt">When the message becomes pointless.</param>
    /// <param name="now">UTC.</param>
    public Delivery? BeforeSending(bool abandoned, MailPurpose purpose, DateTime? expiresAt, DateTime now)
    {
        if (abandoned && purpose == MailPurpose.Marketing) return Settle(DeliveryState.Unknown, "The sender stopped between handing over and recording.", now);
        if (expiresAt <= now) return Settle(DeliveryState.Expired, "Its time was over before it could be sent.", now);
        if (Attempts > Backoff.MaxAttempts) return Settle(DeliveryState.Expired, GaveUp(Detail), now);
        return null;
    }

    /// <summary>A policy keeps it back for good.</summary>
    public Delivery Suppress(string reason, DateTime now) => Settle(DeliveryState.Suppressed, reason, now);

    /// <summary>Gives an unused claim back; it costs no attempt.</summary>
    /// <param name="dueAt">UTC: now, or later for quiet hours.</param>
    public Delivery Release(DateTime dueAt) => State == DeliveryState.Claimed
        ? this with { State = DeliveryState.Pending, Attempts = Attempts - 1, DueAt = dueAt, Owner = null, LeaseUntil = null }
        : throw Forbidden("release");

    /// <summary>Withdraws a message that nobody is sending at this moment.</summary>
    public Delivery Cancel(string reason, DateTime now) => State is DeliveryState.Pending or DeliveryState.SoftBounce
        ? this with { State = DeliveryState.Cancelled, Detail = reason, SettledAt = now }
        : throw Forbidden("cancel");

    /// <summary>A person's decision about an uncertain marketing mail: send it again, or take it as sent.</summary>
    public Delivery Resolve(bool sendAgain, DateTime now)
    {
        if (State != DeliveryState.Unknown) throw Forbidden("resolve");
        return sendAgain
            ? this with { State = DeliveryState.Pending, Attempts = 0, DueAt = now, SettledAt = null }
            : this with { State = DeliveryState.Sent, SettledAt = now };
    }

    /// <summary>A person has it tried at once: a message that waits for its next attempt, or, with all attempts before it again, one that was given up.</summary>
    public Delivery TryNow(DateTime now) => State switch
    {
        DeliveryState.SoftBounce => this with { DueAt = now },
        DeliveryState.Expired => this with { State = DeliveryState.Pending, Attempts = 0, DueAt = now, SettledAt = null },
        _ => throw Forbidden("try now"),
    };

    private Delivery Retry(string? detail, DateTime? expiresAt, DateTime now, double jitter)
    {
        if (Attempts >= Backoff.MaxAttempts) return Settle(DeliveryState.Expired, GaveUp(detail), now);
        var due = now + Backoff.After(Math.Max(Attempts, 1), jitter);
        if (due >= expiresAt) return Settle(DeliveryState.Expired, detail, now);
        return Settle(DeliveryState.SoftBounce, detail, now) with { DueAt = due, SettledAt = null };
    }

    private Delivery Settle(DeliveryState state, string? detail, DateTime now) => State == DeliveryState.Claimed
        ? this with { State = state, Detail = detail, SettledAt = now, Owner = null, LeaseUntil = null }
        : throw Forbidden(state.ToString());

    private static string GaveUp(string? last) => $"Given up after {Backoff.MaxAttempts} attempts. {last}".TrimEnd();

    private InvalidOperationException Forbidden(string step) => new($"A message in state {State} cannot take the step '{step}'.");
}
