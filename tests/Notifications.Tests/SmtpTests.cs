using System.Diagnostics;
using System.Text;
using Notifications.Messages;
using Notifications.Rendering;
using Notifications.Sending;

namespace Notifications.Tests;

public sealed class SmtpTests(SmtpPackages packages)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MailSecurity.StartTls, "PLAIN")]
    [InlineData(MailSecurity.StartTls, "LOGIN")]
    [InlineData(MailSecurity.Tls, "PLAIN")]
    public async Task Mail_arrives_as_written_over_an_encrypted_and_signed_in_connection(MailSecurity security, string method)
    {
        using var peer = new SmtpPeer(packages, security, "portal", "pässword", [method]);
        var options = await peer.OptionsAsync();
        (options.User, options.Password) = ("portal", "pässword");
        var message = OutboxMessage.Email(new(Guid.CreateVersion7()), new Templates.ComplaintMessageMail("K-1", "Büdi", ".titik di depan\n..dua\nhéllo 咖啡", false, "https://kopi.example/k"), A.Recipient(name: "Sari Déwi \"S\""), "e", A.Now);
        var wire = A.Wire(message);
        await using var transport = new SmtpTransport(options);
        var result = await transport.SendAsync(wire, Stop);

        Assert.Equal(AttemptOutcome.Accepted, result.Outcome);
        await peer.HasAsync(1);
        var mail = Assert.Single(peer.Mails);
        Assert.Equal(method, peer.AuthMethod);
        Assert.True(mail.GetProperty("secure").GetBoolean());
        Assert.Equal(Encoding.ASCII.GetString(wire.Content), mail.GetProperty("raw").GetString());
        Assert.Equal("Pesan baru tentang keluhan K-1", mail.GetProperty("subject").GetString());
        Assert.Equal(wire.MessageId, mail.GetProperty("messageId").GetString());
        Assert.Equal("Kopi Kita", mail.GetProperty("from").GetProperty("value")[0].GetProperty("name").GetString());
        Assert.Contains("> .titik di depan\n> ..dua\n> héllo 咖啡", mail.GetProperty("text").GetString());
        Assert.Contains("héllo 咖啡", mail.GetProperty("html").GetString());
        Assert.Contains("Auto-Submitted: auto-generated", mail.GetProperty("headers").GetProperty("auto-submitted").GetString());
    }

    [Fact]
    public async Task Lines_of_dots_survive()
    {
        using var peer = new SmtpPeer(packages, MailSecurity.None);
        await using var transport = new SmtpTransport(await peer.OptionsAsync());
        var wire = A.Wire(A.Message());
        var dotted = wire with { Content = [.. wire.Content, .. "\r\n.\r\n..\r\n.x\r\n"u8] };
        Assert.Equal(AttemptOutcome.Accepted, (await transport.SendAsync(dotted, Stop)).Outcome);
        await peer.HasAsync(1);
        Assert.Equal(Encoding.ASCII.GetString(dotted.Content), peer.Mails[0].GetProperty("raw").GetString());
    }

    [Fact]
    public async Task Several_mails_share_one_connection_and_a_refusal_does_not_spoil_the_next()
    {
        using var peer = new SmtpPeer(packages, MailSecurity.StartTls);
        await using var transport = new SmtpTransport(await peer.OptionsAsync());
        var outcomes = new List<AttemptOutcome>();
        foreach (var address in new[] { "a@example.com", "missing@example.com", "b@example.com", "spam@example.com", "c@example.com" })
            outcomes.Add((await transport.SendAsync(A.Wire(A.Message(address)), Stop)).Outcome);
        Assert.Equal([AttemptOutcome.Accepted, AttemptOutcome.Permanent, AttemptOutcome.Accepted, AttemptOutcome.Permanent, AttemptOutcome.Accepted], outcomes);
        Assert.Equal(1, peer.Connections);
    }

    [Theory]
    [InlineData("missing@example.com", AttemptOutcome.Permanent, true)]
    [InlineData("policy@example.com", AttemptOutcome.Permanent, false)]
    [InlineData("spam@example.com", AttemptOutcome.Permanent, false)]
    [InlineData("busy@example.com", AttemptOutcome.Temporary, false)]
    public async Task Refusals_say_whether_to_try_again_and_whether_the_mailbox_is_dead(string address, AttemptOutcome outcome, bool dead)
    {
        using var peer = new SmtpPeer(packages, MailSecurity.None);
        await using var transport = new SmtpTransport(await peer.OptionsAsync());
        var result = await transport.SendAsync(A.Wire(A.Message(address)), Stop);
        Assert.Equal((outcome, dead, false), (result.Outcome, result.AddressRefused, result.RelayDown));
    }

    [Fact]
    public async Task A_transport_that_was_used_may_be_disposed_of_twice()
    {
        using var peer = new SmtpPeer(packages, MailSecurity.None);
        var transport = new SmtpTransport(await peer.OptionsAsync());
        Assert.Equal(AttemptOutcome.Accepted, (await transport.SendAsync(A.Wire(A.Message()), Stop)).Outcome);
        await transport.DisposeAsync();
        await transport.DisposeAsync(); // a stopping portal: the sender first, then its container
    }

    [Fact]
    public async Task A_connection_the_relay_closed_is_replaced()
    {
        using var peer = new SmtpPeer(packages, MailSecurity.None);
        await using var transport = new SmtpTransport(await peer.OptionsAsync());
        await transport.SendAsync(A.Wire(A.Message("a@example.com")), Stop);
        Assert.Equal(AttemptOutcome.Accepted, (await transport.SendAsync(A.Wire(A.Message("closing@example.com")), Stop)).Outcome);
        Assert.Equal(2, peer.Connections);
    }

    [Fact]
    public async Task A_wrong_password_is_the_relays_problem_and_no_bounce()
    {
        using var peer = new SmtpPeer(packages, MailSecurity.StartTls, "portal", "right");
        var options = await peer.OptionsAsync();
        (options.User, options.Password) = ("portal", "wrong-secret");
        await using var transport = new SmtpTransport(options);
        var result = await transport.SendAsync(A.Wire(A.Message()), Stop);
        Assert.Equal((AttemptOutcome.Temporary, true), (result.Outcome, result.RelayDown));
        Assert.Contains("535", result.Detail);
        Assert.DoesNotContain("wrong-secret", result.Detail);
    }

    [Fact]
    public async Task An_unknown_certificate_is_refused_before_the_password_is_sent()
    {
        using var peer = new SmtpPeer(packages, MailSecurity.StartTls, "portal", "secret");
        var options = await peer.OptionsAsync();
        (options.User, options.Password, options.TrustedCertificates) = ("portal", "secret", "");
        await using var transport = new SmtpTransport(options);
        var result = await transport.SendAsync(A.Wire(A.Message()), Stop);
        Assert.Equal((AttemptOutcome.Temporary, true), (result.Outcome, result.RelayDown));
        Assert.Contains("certificate", result.Detail);
        Assert.Empty(peer.Mails);
    }

    [Fact]
    public async Task A_relay_without_encryption_gets_nothing_when_encryption_is_required()
    {
        using var peer = new SmtpPeer(packages, MailSecurity.None);
        var options = await peer.OptionsAsync();
        options.Security = MailSecurity.StartTls;
        await using var transport = new SmtpTransport(options);
        var result = await transport.SendAsync(A.Wire(A.Message()), Stop);
        Assert.Contains("STARTTLS", result.Detail);
        Assert.Empty(peer.Mails);
    }

    [Fact]
    public async Task Silence_after_the_handover_is_doubt_and_ends_at_the_time_limit()
    {
        using var peer = new SmtpPeer(packages, MailSecurity.None);
        var options = await peer.OptionsAsync();
        options.TimeoutSeconds = 1;
        await using var transport = new SmtpTransport(options);
        var clock = Stopwatch.StartNew();
        var result = await transport.SendAsync(A.Wire(A.Message("silent@example.com")), Stop);
        Assert.Equal(AttemptOutcome.InDoubt, result.Outcome);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.9, 8);
    }

    [Fact]
    public async Task Cancelling_stops_at_once_and_after_the_handover_it_is_doubt()
    {
        using var peer = new SmtpPeer(packages, MailSecurity.None);
        await using var transport = new SmtpTransport(await peer.OptionsAsync());
        using var cancel = new CancellationTokenSource();
        var clock = Stopwatch.StartNew();
        var sending = transport.SendAsync(A.Wire(A.Message("silent@example.com")), cancel.Token);
        while (peer.Mails.Count == 0) await Task.Delay(20, Stop);
        await cancel.CancelAsync();
        Assert.Equal(AttemptOutcome.InDoubt, (await sending).Outcome);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 8);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transport.SendAsync(A.Wire(A.Message()), cancel.Token));
    }

    [Fact]
    public async Task Nobody_listening_is_a_relay_problem()
    {
        var options = new MailOptions { Host = "127.0.0.1", Port = 1, Security = MailSecurity.None, From = "p@kopi.example", TimeoutSeconds = 5 };
        await using var transport = new SmtpTransport(options);
        var result = await transport.SendAsync(A.Wire(A.Message()), Stop);
        Assert.Equal((AttemptOutcome.Temporary, true), (result.Outcome, result.RelayDown));
    }

    [Theory]
    [InlineData("x\n.\nMAIL FROM:<a@b>\r\n")]
    [InlineData("x\r.\r\n")]
    [InlineData("no end of line")]
    public async Task Content_that_could_be_read_as_two_mails_is_refused(string content)
    {
        var wire = A.Wire(A.Message()) with { Content = Encoding.ASCII.GetBytes(content) };
        await using var transport = new SmtpTransport(new() { Host = "127.0.0.1", Port = 1 });
        await Assert.ThrowsAsync<ArgumentException>(() => transport.SendAsync(wire, Stop));
    }
}
