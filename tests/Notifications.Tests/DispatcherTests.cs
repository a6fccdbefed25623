using System.Collections.Concurrent;
using Notifications.Messages;
using Notifications.Policies;
using Notifications.Rendering;
using Notifications.Sending;

namespace Notifications.Tests;

public sealed class DispatcherTests(SmtpPackages packages)
{
    private readonly TestClock _clock = new(A.Now);
    private readonly MemoryOutbox _outbox = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Dispatcher Dispatcher(IMailTransport transport, string node = "n1", int batch = 10) => new(
        _outbox, transport, A.Renderer(), new TokenBucket(1000, 1000, A.Now),
        new(A.From, new(EmailAddress.Parse("offers@kopi.example"), "Kopi Kita"), "kopi.example", batch, TimeSpan.FromMinutes(5), SendPolicy.Default, _ => new("offers.kopi.example", "https://kopi.example/u/1")),
        _clock, node);

    [Fact]
    public async Task A_busy_relay_is_tried_again_and_gets_the_same_message_id_only_once_accepted()
    {
        using var peer = new SmtpPeer(packages, MailSecurity.StartTls);
        await using var transport = new SmtpTransport(await peer.OptionsAsync());
        var (busy, missing, fine) = (A.Message("busy@example.com"), A.Message("missing@example.com"), A.Message("fine@example.com"));
        foreach (var message in new[] { busy, missing, fine }) _outbox.Add(message);
        var dispatcher = Dispatcher(transport);
        await dispatcher.RunAsync(Stop);
        Assert.Equal((DeliveryState.SoftBounce, DeliveryState.HardBounce, DeliveryState.Sent), (_outbox[busy].State, _outbox[missing].State, _outbox[fine].State));
        Assert.Contains("missing@example.com", _outbox.Blocked);

        Assert.Empty((await dispatcher.RunAsync(Stop)).Messages); // not due yet
        _clock.Now = _outbox[busy].DueAt;
        Assert.Equal(1, (await dispatcher.RunAsync(Stop)).Sent);
        await peer.HasAsync(2);
        Assert.Equal(2, peer.Mails.Count);
    }

    [Fact]
    public async Task A_transactional_mail_in_doubt_goes_again_with_the_same_message_id()
    {
        using var peer = new SmtpPeer(packages, MailSecurity.None);
        var options = await peer.OptionsAsync();
        options.TimeoutSeconds = 1;
        await using var transport = new SmtpTransport(options);
        var message = A.Message("silent@example.com");
        _outbox.Add(message);
        var dispatcher = Dispatcher(transport);
        await dispatcher.RunAsync(Stop);
        Assert.Equal(DeliveryState.SoftBounce, _outbox[message].State);
        _clock.Now = _outbox[message].DueAt;
        await dispatcher.RunAsync(Stop);
        Assert.Equal(DeliveryState.Sent, _outbox[message].State);
        await peer.HasAsync(2);
        Assert.Equal(2, peer.Mails.Count);
        Assert.Single(peer.Mails.Select(m => m.GetProperty("messageId").GetString()).Distinct());
    }

    [Fact]
    public async Task Two_dispatchers_never_send_the_same_row()
    {
        var sent = new ConcurrentBag<string>();
        for (var i = 0; i < 200; i++) _outbox.Add(A.Message($"m{i}@example.com", eventId: $"e{i}"));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(async () =>
        {
            var dispatcher = Dispatcher(new FakeTransport(mail => { sent.Add(mail.MessageId); return new(AttemptOutcome.Accepted, "250"); }), $"n{n}", batch: 7);
            while ((await dispatcher.RunAsync(Stop)).Messages.Count > 0)
            {
            }
        }, Stop)));
        Assert.Equal(200, sent.Count);
        Assert.Equal(200, sent.Distinct().Count());
    }

    [Fact]
    public async Task A_relay_that_is_down_is_asked_once_per_run_and_nothing_is_lost()
    {
        var asked = 0;
        var dispatcher = Dispatcher(new FakeTransport(_ => { asked++; return new(AttemptOutcome.Temporary, "No connection", RelayDown: true); }));
        var messages = Enumerable.Range(0, 5).Select(i => A.Message($"m{i}@example.com")).ToList();
        messages.ForEach(_outbox.Add);
        var report = await dispatcher.RunAsync(Stop);
        Assert.Equal((1, "No connection"), (asked, report.RelayProblem));
        Assert.All(messages, m => Assert.Equal(DeliveryState.SoftBounce, _outbox[m].State));
        // What the relay said of the first is not said of the others as if it had been asked.
        Assert.Equal(["No connection", .. Enumerable.Repeat("Not tried, because the relay failed on another mail. No connection", 4)], messages.Select(m => _outbox[m].Detail).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_mail_that_cannot_be_built_is_reported_and_does_not_stop_the_others()
    {
        var broken = A.Message("a@example.com") with { ModelJson = "{}" };
        var fine = A.Message("b@example.com");
        _outbox.Add(broken);
        _outbox.Add(fine);
        var report = await Dispatcher(new FakeTransport(_ => new(AttemptOutcome.Accepted, "250"))).RunAsync(Stop);
        Assert.Equal((DeliveryState.SoftBounce, DeliveryState.Sent), (_outbox[broken].State, _outbox[fine].State));
        Assert.NotNull(report.Messages.Single(m => m.Id == broken.Id).Fault);
    }

    [Fact]
    public async Task Stopping_gives_unsent_mail_back_without_an_attempt()
    {
        using var cancel = new CancellationTokenSource();
        var (first, second) = (A.Message("a@example.com"), A.Message("b@example.com"));
        _outbox.Add(first);
        _outbox.Add(second);
        await Dispatcher(new FakeTransport(_ => { cancel.Cancel(); return new(AttemptOutcome.Accepted, "250"); })).RunAsync(cancel.Token);
        Assert.Equal(DeliveryState.Sent, _outbox[first].State);
        Assert.Equal((DeliveryState.Pending, 0), (_outbox[second].State, _outbox[second].Attempts));
    }

    [Fact]
    public async Task Mail_is_not_begun_when_the_lease_is_about_to_end()
    {
        var (first, second) = (A.Message("a@example.com"), A.Message("b@example.com"));
        _outbox.Add(first);
        _outbox.Add(second);
        await Dispatcher(new FakeTransport(_ => { _clock.Now = _clock.Now.AddMinutes(4.8); return new(AttemptOutcome.Accepted, "250"); })).RunAsync(Stop);
        Assert.Equal((DeliveryState.Sent, DeliveryState.Pending), (_outbox[first].State, _outbox[second].State));
    }

    [Fact]
    public async Task An_answer_that_comes_after_the_lease_was_lost_changes_nothing()
    {
        var message = A.Message();
        _outbox.Add(message);
        var report = await Dispatcher(new FakeTransport(_ =>
        {
            _clock.Now = _clock.Now.AddMinutes(6);
            var other = _outbox.ClaimAsync("other/1", _clock.Now, TimeSpan.FromMinutes(5), 1, CancellationToken.None).Result;
            Assert.True(Assert.Single(other).Abandoned);
            return new(AttemptOutcome.Accepted, "250");
        })).RunAsync(Stop);
        Assert.True(report.Messages[0].LeaseLost);
        Assert.Equal("other/1", _outbox[message].Owner);
    }

    [Fact]
    public async Task Marketing_at_night_waits_and_an_abandoned_one_asks_a_person()
    {
        _clock.Now = A.Now.AddHours(5); // 22.00 WIB
        var (night, abandoned) = (A.Message("a@example.com", purpose: MailPurpose.Marketing), A.Message("b@example.com", purpose: MailPurpose.Marketing));
        _outbox.Add(abandoned);
        await _outbox.ClaimAsync("dead/1", A.Now, TimeSpan.FromMinutes(5), 1, Stop);
        _outbox.Add(night);
        var dispatcher = Dispatcher(new FakeTransport(_ => new(AttemptOutcome.Accepted, "250")));
        await dispatcher.RunAsync(Stop);
        Assert.Equal((DeliveryState.Pending, DeliveryState.Unknown), (_outbox[night].State, _outbox[abandoned].State));
        _clock.Now = _outbox[night].DueAt;
        Assert.Equal(1, (await dispatcher.RunAsync(Stop)).Sent);
    }

    [Fact]
    public async Task Marketing_waits_while_others_to_the_same_person_on_their_way_fill_the_cap()
    {
        var message = A.Message(purpose: MailPurpose.Marketing);
        _outbox.Add(message);
        _outbox.OnTheirWay = 3;
        var dispatcher = Dispatcher(new FakeTransport(_ => new(AttemptOutcome.Accepted, "250")));
        await dispatcher.RunAsync(Stop);
        Assert.Equal((DeliveryState.Pending, 0), (_outbox[message].State, _outbox[message].Attempts));
        _outbox.OnTheirWay = 2;
        _clock.Now = _outbox[message].DueAt;
        Assert.Equal(1, (await dispatcher.RunAsync(Stop)).Sent);
    }

    [Fact]
    public async Task A_database_that_stumbles_does_not_lose_the_result()
    {
        var (message, sent) = (A.Message(), 0);
        _outbox.Add(message);
        _outbox.SettleFaults = 2;
        await Dispatcher(new FakeTransport(_ => { sent++; return new(AttemptOutcome.Accepted, "250"); })).RunAsync(Stop);
        Assert.Equal((DeliveryState.Sent, 1), (_outbox[message].State, sent));
    }

    [Fact]
    public async Task Without_a_relay_each_mail_becomes_one_file_and_sending_again_replaces_it()
    {
        var folder = Directory.CreateTempSubdirectory("mail").FullName;
        try
        {
            var message = A.Message();
            await using var transport = new FolderTransport(Path.Combine(folder, "new"));
            await transport.SendAsync(A.Wire(message), Stop);
            await transport.SendAsync(A.Wire(message), Stop);
            var file = Assert.Single(Directory.GetFiles(Path.Combine(folder, "new")));
            Assert.Equal($"{message.Id}.eml", Path.GetFileName(file));
            Assert.Equal(A.Wire(message).Content, await File.ReadAllBytesAsync(file, Stop));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class FakeTransport(Func<WireMail, SendResult> answer) : IMailTransport
    {
        public Task<SendResult> SendAsync(WireMail mail, CancellationToken cancellation) => Task.FromResult(answer(mail));

        public Task CloseAsync() => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
