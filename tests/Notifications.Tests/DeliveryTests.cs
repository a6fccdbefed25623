using FsCheck;
using FsCheck.Fluent;
using Notifications.Messages;

namespace Notifications.Tests;

public sealed class DeliveryTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly DateTime Now = A.Now;

    private static Delivery Claimed(int attempts = 1)
    {
        var delivery = Delivery.New(Now) with { Attempts = attempts - 1 };
        return delivery.Claim("node/1", Now, Lease);
    }

    [Fact]
    public void Waits_start_at_five_minutes_grow_and_never_differ_by_more_than_a_tenth()
    {
        Prop.ForAll(Gen.Choose(1, Backoff.MaxAttempts).ToArbitrary(), Gen.Choose(0, 999).ToArbitrary(), (attempts, chance) =>
        {
            var expected = 300 * Math.Pow(1.3, attempts - 1);
            return Math.Abs(Backoff.After(attempts, chance / 1000d).TotalSeconds - expected) <= (expected * 0.1) + 1;
        }).QuickCheckThrowOnFailure();
        Assert.Equal(TimeSpan.FromMinutes(5), Backoff.After(1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Backoff.After(1, 1));
    }

    [Fact]
    public void A_relay_that_is_down_for_a_day_loses_nothing_and_after_eighteen_attempts_it_ends()
    {
        var (delivery, now, attempts) = (Delivery.New(Now), Now, 0);
        while (!delivery.IsSettled)
        {
            now = delivery.DueAt;
            delivery = delivery.Claim("node/1", now, Lease).Answer(AttemptOutcome.Temporary, "451", MailPurpose.Transactional, null, now, 0.5);
            attempts++;
        }
        Assert.Equal((DeliveryState.Expired, 18), (delivery.State, attempts));
        Assert.InRange(now - Now, TimeSpan.FromHours(20), TimeSpan.FromHours(36));
        Assert.Contains("18 attempts", delivery.Detail);
    }

    [Fact]
    public void On_doubt_transactional_mail_is_sent_again_and_marketing_waits_for_a_person()
    {
        var again = Claimed().Answer(AttemptOutcome.InDoubt, "no answer", MailPurpose.Transactional, null, Now, 0.5);
        var asks = Claimed().Answer(AttemptOutcome.InDoubt, "no answer", MailPurpose.Marketing, null, Now, 0.5);
        Assert.Equal(DeliveryState.SoftBounce, again.State);
        Assert.Equal(DeliveryState.Unknown, asks.State);
        Assert.False(asks.CanClaim(Now.AddYears(1)));
        Assert.Equal(DeliveryState.Pending, asks.Resolve(sendAgain: true, Now).State);
        Assert.Equal(DeliveryState.Sent, asks.Resolve(sendAgain: false, Now).State);
    }

    [Fact]
    public void An_abandoned_claim_goes_back_with_one_more_attempt()
    {
        var abandoned = Claimed();
        Assert.False(abandoned.CanClaim(Now.Add(Lease).AddTicks(-1)));
        var taken = abandoned.Claim("other/1", Now + Lease, Lease);
        Assert.Equal((2, "other/1"), (taken.Attempts, taken.Owner));
        Assert.Null(taken.BeforeSending(abandoned: true, MailPurpose.Transactional, null, Now));
        Assert.Equal(DeliveryState.Unknown, taken.BeforeSending(abandoned: true, MailPurpose.Marketing, null, Now)!.State);
        Assert.Equal(DeliveryState.Expired, Claimed(19).BeforeSending(abandoned: true, MailPurpose.Transactional, null, Now)!.State);
    }

    [Fact]
    public void A_one_time_code_dies_with_its_code()
    {
        Assert.Equal(DeliveryState.Expired, Claimed().BeforeSending(false, MailPurpose.Transactional, Now, Now)!.State);
        Assert.Equal(DeliveryState.Expired, Claimed().Answer(AttemptOutcome.Temporary, "451", MailPurpose.Transactional, Now.AddMinutes(1), Now, 0.5).State);
        Assert.Equal(DeliveryState.SoftBounce, Claimed().Answer(AttemptOutcome.Temporary, "451", MailPurpose.Transactional, Now.AddHours(1), Now, 0.5).State);
    }

    [Fact]
    public void Whatever_happens_a_settled_message_stays_settled_and_attempts_never_pass_the_limit()
    {
        var steps = Gen.Elements("claim", "accept", "temporary", "permanent", "doubt", "release", "cancel", "suppress", "wait").ListOf().ToArbitrary();
        Prop.ForAll(steps, Gen.Elements(MailPurpose.Transactional, MailPurpose.Marketing).ToArbitrary(), (list, purpose) =>
        {
            var (delivery, now) = (Delivery.New(Now), Now);
            foreach (var step in list)
            {
                var before = delivery;
                try
                {
                    delivery = Apply(delivery, step, purpose, now);
                }
                catch (InvalidOperationException)
                {
                    if (delivery != before) return false; // a refused step changes nothing
                }
                if (step == "wait") now = now.AddMinutes(37);
                if (before.IsSettled && delivery != before) return false;
                if (delivery.State == DeliveryState.Claimed != (delivery.Owner is not null)) return false;
                if (delivery.IsSettled != (delivery.SettledAt is not null)) return false;
                if (delivery.Attempts < 0) return false;
            }
            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_message_being_sent_cannot_be_cancelled()
    {
        Assert.Throws<InvalidOperationException>(() => Claimed().Cancel("closed", Now));
        Assert.Equal(DeliveryState.Cancelled, Delivery.New(Now).Cancel("closed", Now).State);
    }

    private static Delivery Apply(Delivery delivery, string step, MailPurpose purpose, DateTime now) => step switch
    {
        "claim" => delivery.Claim("node/1", now, Lease),
        "accept" => delivery.Answer(AttemptOutcome.Accepted, null, purpose, null, now, 0),
        "temporary" => delivery.Answer(AttemptOutcome.Temporary, "451", purpose, null, now, 0),
        "permanent" => delivery.Answer(AttemptOutcome.Permanent, "550", purpose, null, now, 0),
        "doubt" => delivery.Answer(AttemptOutcome.InDoubt, "?", purpose, null, now, 0),
        "release" => delivery.Release(now),
        "cancel" => delivery.Cancel("c", now),
        "suppress" => delivery.Suppress("s", now),
        _ => delivery,
    };
}
