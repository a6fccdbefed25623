using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Notifications.Sending;

/// <summary>Lines out, replies in, each step with its own time limit and stopped at once by cancellation.</summary>
internal sealed class SmtpWire(TimeSpan timeout) : IDisposable
{
    private const int MaxLine = 4096;
    private const int MaxLines = 100;

    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly byte[] _buffer = new byte[4096];
    private Stream _stream = Stream.Null;
    private int _start;
    private int _end;

    public Task ConnectAsync(string host, int port, CancellationToken cancellation) => Within("connecting", async limit =>
    {
        await _client.ConnectAsync(host, port, limit);
        _stream = _client.GetStream();
        return 0;
    }, cancellation);

    public Task StartTlsAsync(SslClientAuthenticationOptions options, CancellationToken cancellation)
    {
        // Bytes that came before encryption must not be read as if they had come after it (command injection).
        if (_start != _end) throw new SmtpRefusal("The relay sent data before encryption began.");
        return Within("starting encryption", async limit =>
        {
            var tls = new SslStream(_stream);
            _stream = tls;
            await tls.AuthenticateAsClientAsync(options, limit);
            return 0;
        }, cancellation);
    }

    public async Task<SmtpReply> CommandAsync(string command, CancellationToken cancellation)
    {
        if (command.Any(c => c is '\r' or '\n' or '\0' or > '\x7e')) throw new ArgumentException("A line break or a character that is not ASCII must not reach an SMTP command.");
        await WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), cancellation);
        return await ReadReplyAsync(cancellation);
    }

    public Task WriteAsync(byte[] bytes, CancellationToken cancellation) => Within("sending", async limit =>
    {
        await _stream.WriteAsync(bytes, limit);
        await _stream.FlushAsync(limit);
        return 0;
    }, cancellation);

    public Task<SmtpReply> ReadReplyAsync(CancellationToken cancellation) => Within("waiting for an answer", async limit =>
    {
        var lines = new List<string>();
        while (lines.Count < MaxLines)
        {
            var line = await ReadLineAsync(limit);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
                throw new IOException("The relay's answer is not SMTP.");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ') return new SmtpReply(code, lines);
        }
        throw new IOException("The relay's answer has too many lines.");
    }, cancellation);

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }

    private async Task<string> ReadLineAsync(CancellationToken limit)
    {
        var line = new List<byte>();
        while (line.Count < MaxLine)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, await _stream.ReadAsync(_buffer, limit));
                if (_end == 0) throw new IOException("The relay closed the connection.");
            }
            var octet = _buffer[_start++];
            if (octet == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(octet);
        }
        throw new IOException("The relay's answer has a line that is too long.");
    }

    private async Task<T> Within<T>(string step, Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            return await work(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"The relay took longer than {timeout.TotalSeconds:0} s ({step}).");
        }
    }
}
