using System.Net.Sockets;
using System.Security.Authentication;
using Notifications.Messages;
using Notifications.Rendering;

namespace Notifications.Sending;

/// <summary>Sends through an SMTP relay, several mails over one connection.</summary>
public sealed class SmtpTransport(MailOptions options) : IMailTransport
{
    private readonly SemaphoreSlim _gate = new(1);
    private SmtpSession? _session;
    private int _disposed;

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(WireMail mail, CancellationToken cancellation)
    {
        SmtpSession.RequireSafe(mail);
        await _gate.WaitAsync(cancellation);
        try
        {
            var reused = _session is not null;
            var (result, broken) = await AttemptAsync(mail, cancellation);
            // The relay may have closed an idle connection; nothing was handed over, so a fresh one gets its chance.
            if (reused && broken && result.Outcome == AttemptOutcome.Temporary) (result, _) = await AttemptAsync(mail, cancellation);
            return result;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task CloseAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_session is null) return;
            await _session.QuitAsync();
            Drop();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return; // whoever made it and whoever used it may both end it
        await CloseAsync();
        _gate.Dispose();
    }

    private async Task<(SendResult Result, bool Broken)> AttemptAsync(WireMail mail, CancellationToken cancellation)
    {
        try
        {
            _session ??= await SmtpSession.OpenAsync(options, cancellation);
            var result = await _session.SendAsync(mail, cancellation);
            var broken = result.RelayDown;
            if (broken) Drop();
            return (result, broken);
        }
        catch (SmtpRefusal refusal)
        {
            Drop();
            return (new(AttemptOutcome.Temporary, refusal.Message, RelayDown: true), true);
        }
        catch (Exception fault) when (fault is IOException or SocketException or AuthenticationException or TimeoutException)
        {
            var handedOver = _session?.HandedOver ?? false;
            Drop();
            return handedOver
                ? (new(AttemptOutcome.InDoubt, $"The relay did not answer after the handover: {Describe(fault)}", RelayDown: true), true)
                : (new(AttemptOutcome.Temporary, Describe(fault), RelayDown: true), true);
        }
        catch (OperationCanceledException)
        {
            var handedOver = _session?.HandedOver ?? false;
            Drop();
            if (!handedOver) throw;
            return (new(AttemptOutcome.InDoubt, "Stopped while the relay had not answered the handover yet.", RelayDown: true), true);
        }
    }

    private void Drop()
    {
        _session?.Dispose();
        _session = null;
    }

    private static string Describe(Exception fault) => fault switch
    {
        SocketException socket => $"No connection: {socket.SocketErrorCode}.",
        AuthenticationException => "The relay's certificate was not accepted.",
        TimeoutException => fault.Message,
        _ => "The connection was lost.",
    };
}
