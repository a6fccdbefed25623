using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Notifications.Messages;
using Notifications.Rendering;

namespace Notifications.Sending;

/// <summary>The relay refused us, not the mail: greeting, TLS or sign-in.</summary>
internal sealed class SmtpRefusal(string message) : Exception(message);

/// <summary>One connection to a relay (RFC 5321, 3207, 4954).</summary>
internal sealed class SmtpSession : IDisposable
{
    private readonly MailOptions _options;
    private readonly SmtpWire _wire;
    private HashSet<string> _extensions = [];

    private SmtpSession(MailOptions options, SmtpWire wire) => (_options, _wire) = (options, wire);

    /// <summary>The end of the mail in progress has been sent but not yet answered.</summary>
    public bool HandedOver { get; private set; }

    public static async Task<SmtpSession> OpenAsync(MailOptions options, CancellationToken cancellation)
    {
        var wire = new SmtpWire(TimeSpan.FromSeconds(options.TimeoutSeconds));
        var session = new SmtpSession(options, wire);
        try
        {
            await wire.ConnectAsync(options.Host, options.EffectivePort, cancellation);
            await session.GreetAsync(cancellation);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public async Task<SendResult> SendAsync(WireMail mail, CancellationToken cancellation)
    {
        HandedOver = false;
        var size = _extensions.Contains("SIZE") ? string.Create(CultureInfo.InvariantCulture, $" SIZE={mail.Content.Length}") : "";
        var reply = await _wire.CommandAsync($"MAIL FROM:<{mail.From.Value}>{size}", cancellation);
        if (!reply.IsPositive) return await RefusedAsync(reply, SmtpStage.Sender, cancellation);
        reply = await _wire.CommandAsync($"RCPT TO:<{mail.To.Value}>", cancellation);
        if (!reply.IsPositive) return await RefusedAsync(reply, SmtpStage.Recipient, cancellation);
        reply = await _wire.CommandAsync("DATA", cancellation);
        if (reply.Code != 354) return await RefusedAsync(reply, SmtpStage.Content, cancellation);
        await _wire.WriteAsync(DotStuffed(mail.Content), cancellation);
        HandedOver = true; // from the final dot on, only the relay knows whether it took the mail
        await _wire.WriteAsync(".\r\n"u8.ToArray(), cancellation);
        reply = await _wire.ReadReplyAsync(cancellation);
        HandedOver = false;
        return reply.IsPositive ? new(AttemptOutcome.Accepted, reply.Text) : await RefusedAsync(reply, SmtpStage.Content, cancellation);
    }

    public async Task QuitAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await _wire.CommandAsync("QUIT", soon.Token);
        }
        catch (Exception fault) when (fault is IOException or SocketException or TimeoutException or SmtpRefusal or OperationCanceledException)
        {
            // Politeness only: every mail has had its answer, and the connection is closed next.
        }
    }

    public void Dispose() => _wire.Dispose();

    /// <summary>Refuses content that a relay could read as more than one mail.</summary>
    public static void RequireSafe(WireMail mail)
    {
        var content = mail.Content;
        for (var i = 0; i < content.Length; i++)
        {
            var bare = content[i] == '\n' ? i == 0 || content[i - 1] != '\r' : content[i] == '\r' && (i + 1 == content.Length || content[i + 1] != '\n');
            if (bare || content[i] is 0 or > 126) throw new ArgumentException("The mail holds a bare line break or a byte that is not ASCII.", nameof(mail));
        }
        if (!content.AsSpan().EndsWith("\r\n"u8)) throw new ArgumentException("The mail must end with a line break.", nameof(mail));
    }

    private async Task GreetAsync(CancellationToken cancellation)
    {
        if (_options.Security == MailSecurity.Tls) await _wire.StartTlsAsync(TlsOptions(), cancellation);
        var reply = await _wire.ReadReplyAsync(cancellation);
        if (!reply.IsPositive) throw new SmtpRefusal($"The relay does not serve us now: {reply.Text}");
        await HelloAsync(cancellation);
        if (_options.Security == MailSecurity.StartTls)
        {
            if (!_extensions.Contains("STARTTLS")) throw new SmtpRefusal("The relay offers no STARTTLS.");
            reply = await _wire.CommandAsync("STARTTLS", cancellation);
            if (!reply.IsPositive) throw new SmtpRefusal($"The relay refused STARTTLS: {reply.Text}");
            await _wire.StartTlsAsync(TlsOptions(), cancellation);
            await HelloAsync(cancellation); // what was said before encryption does not count
        }
        if (_options.User.Length > 0) await SignInAsync(cancellation);
    }

    private async Task HelloAsync(CancellationToken cancellation)
    {
        var reply = await _wire.CommandAsync($"EHLO {_options.EffectiveDomain}", cancellation);
        if (!reply.IsPositive) throw new SmtpRefusal($"The relay refused EHLO: {reply.Text}");
        _extensions = [.. reply.Lines.Skip(1).Select(l => l.Split(' ')[0].ToUpperInvariant())];
        foreach (var line in reply.Lines.Skip(1).Where(l => l.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase)))
            _extensions.UnionWith(line[4..].ToUpperInvariant().Split([' ', '='], StringSplitOptions.RemoveEmptyEntries).Select(m => "AUTH " + m));
    }

    private async Task SignInAsync(CancellationToken cancellation)
    {
        SmtpReply reply;
        if (_extensions.Contains("AUTH PLAIN"))
        {
            reply = await _wire.CommandAsync("AUTH PLAIN " + Base64($"\0{_options.User}\0{_options.Password}"), cancellation);
        }
        else if (_extensions.Contains("AUTH LOGIN"))
        {
            reply = await _wire.CommandAsync("AUTH LOGIN", cancellation);
            if (reply.Code == 334) reply = await _wire.CommandAsync(Base64(_options.User), cancellation);
            if (reply.Code == 334) reply = await _wire.CommandAsync(Base64(_options.Password), cancellation);
        }
        else
        {
            throw new SmtpRefusal("The relay offers neither AUTH PLAIN nor AUTH LOGIN.");
        }
        if (reply.Code != 235) throw new SmtpRefusal($"The relay refused the sign-in: {reply.Text}");
    }

    private async Task<SendResult> RefusedAsync(SmtpReply reply, SmtpStage stage, CancellationToken cancellation)
    {
        var result = SmtpAnswers.Read(reply, stage);
        if (!result.RelayDown && !(await _wire.CommandAsync("RSET", cancellation)).IsPositive) return result with { RelayDown = result.Outcome == AttemptOutcome.Temporary };
        return result;
    }

    private SslClientAuthenticationOptions TlsOptions()
    {
        var tls = new SslClientAuthenticationOptions { TargetHost = _options.Host };
        if (_options.TrustedCertificates.Length == 0) return tls;
        tls.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        tls.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(_options.TrustedCertificates);
        return tls;
    }

    private static byte[] DotStuffed(byte[] content)
    {
        var result = new MemoryStream(content.Length + 64);
        var lineStart = true;
        foreach (var octet in content)
        {
            if (lineStart && octet == '.') result.WriteByte((byte)'.');
            result.WriteByte(octet);
            lineStart = octet == '\n';
        }
        return result.ToArray();
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
