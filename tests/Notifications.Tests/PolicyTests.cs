using Notifications.Messages;
using Notifications.Policies;
using Notifications.Sending;

namespace Notifications.Tests;

public sealed class PolicyTests
{
    private static readonly RecipientFacts Consenting = new(false, true, 0, false);
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Theory]
    [InlineData("2026-09-17T12:59:00Z", null)] // 19.59 WIB
    [InlineData("2026-09-17T13:00:00Z", "2026-09-18T01:00:00Z")] // 20.00
    [InlineData("2026-09-17T20:00:00Z", "2026-09-18T01:00:00Z")] // 03.00 on the 18th
    [InlineData("2026-09-18T01:00:00Z", null)] // 08.00
    public void Marketing_waits_until_morning_in_the_recipients_zone(string now, string? expected)
    {
        var end = QuietHours.Default.EndsAt(Utc(now), TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta"));
        Assert.Equal(expected is null ? null : Utc(expected), end);
    }

    [Fact]
    public void A_password_reset_is_sent_at_night_without_any_consent()
    {
        var verdict = SendPolicy.Default.Decide(A.Message(), RecipientFacts.None, Utc("2026-09-17T20:00:00Z"));
        Assert.IsType<SendVerdict.Send>(verdict);
    }

    [Fact]
    public void Marketing_is_silent_without_consent_over_the_cap_during_a_complaint_and_to_a_dead_address()
    {
        var message = A.Message(purpose: MailPurpose.Marketing);
        Assert.IsType<SendVerdict.Send>(SendPolicy.Default.Decide(message, Consenting, A.Now));
        Assert.Equal("no-consent", Reason(Consenting with { MarketingConsent = false }));
        Assert.Equal("frequency-cap", Reason(Consenting with { MarketingInWindow = 3 }));
        Assert.Equal("complaint-open", Reason(Consenting with { ComplaintOpen = true }));
        Assert.Equal("address-blocked", Reason(Consenting with { AddressBlocked = true }));

        string Reason(RecipientFacts facts) => Assert.IsType<SendVerdict.Suppress>(SendPolicy.Default.Decide(message, facts, A.Now)).Reason;
    }

    [Fact]
    public void An_unsubscribe_token_names_its_person_and_cannot_be_forged()
    {
        var person = Guid.CreateVersion7();
        var token = UnsubscribeToken.Create(Key, person, "offers");
        Assert.True(UnsubscribeToken.TryRead(Key, token, out var read, out var list));
        Assert.Equal((person, "offers"), (read, list));
        for (var i = 0; i < token.Length; i++)
        {
            var forged = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            Assert.False(UnsubscribeToken.TryRead(Key, forged, out var other, out _) && other != person);
        }
        Assert.False(UnsubscribeToken.TryRead([.. Key.Reverse()], token, out _, out _));
        Assert.False(UnsubscribeToken.TryRead(Key, "", out _, out _));
        Assert.False(UnsubscribeToken.TryRead(Key, "%%%", out _, out _));
    }

    [Fact]
    public void The_rate_lets_a_burst_pass_and_then_holds()
    {
        var bucket = new TokenBucket(perSecond: 2, burst: 3, A.Now);
        Assert.Equal([0, 0, 0, 0.5, 1], Enumerable.Range(0, 5).Select(_ => bucket.Take(A.Now).TotalSeconds));
        Assert.Equal(TimeSpan.Zero, bucket.Take(A.Now.AddSeconds(10)));
    }

    [Fact]
    public void Settings_are_checked_and_never_show_the_password()
    {
        Assert.Empty(new MailOptions { Folder = "mail" }.Problems());
        Assert.Empty(new MailOptions { Host = "relay.kopi.example", User = "u", Password = "secret", From = "p@kopi.example", FromMarketing = "o@kopi.example" }.Problems());
        Assert.DoesNotContain("secret", new MailOptions { Host = "relay", Password = "secret" }.ToString());
        Assert.Contains(new MailOptions { Host = "relay", Security = MailSecurity.None, User = "u", Password = "p" }.Problems(), p => p.Contains("readable over the network"));
        Assert.Contains(new MailOptions { Folder = "mail", FromMarketing = "portal@localhost" }.Problems(), p => p.Contains("must differ"));
        Assert.Contains(new MailOptions().Problems(), p => p.Contains("Mail:Host"));
        Assert.Equal(465, new MailOptions { Security = MailSecurity.Tls }.EffectivePort);
    }

    private static DateTime Utc(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal);
}
