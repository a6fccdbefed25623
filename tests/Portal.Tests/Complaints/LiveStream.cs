using System.Net;
using System.Net.ServerSentEvents;
using System.Threading.Channels;
using Tests.Shared;

namespace Portal.Tests.Complaints;

/// <summary>Somebody's open connection, with what came over it.</summary>
internal sealed class LiveStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly HttpResponseMessage _response;
    private readonly Channel<SseItem<string>> _heard = Channel.CreateUnbounded<SseItem<string>>();
    private readonly CancellationTokenSource _hangUp;

    private LiveStream(HttpResponseMessage response, CancellationTokenSource hangUp)
    {
        (_response, _hangUp) = (response, hangUp);
        if (response.IsSuccessStatusCode)
            _ = ListenAsync();
    }

    public HttpStatusCode Status => _response.StatusCode;

    public string? Header(string name) => _response.Headers.TryGetValues(name, out var values) ? string.Join(',', values)
        : _response.Content.Headers.TryGetValues(name, out var own) ? string.Join(',', own) : null;

    public static async Task<LiveStream> OpenAsync(Visitor visitor, string path, string? lastEvent = null)
    {
        var hangUp = new CancellationTokenSource();
        var stream = new LiveStream(await visitor.OpenAsync(path, hangUp.Token, lastEvent), hangUp);
        if (stream.Status == HttpStatusCode.OK)
            Assert.Equal("open", (await stream.NextAsync()).EventType);
        return stream;
    }

    /// <summary>What comes next, beats left out.</summary>
    public async Task<SseItem<string>> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var item = await _heard.Reader.ReadAsync(patience.Token);
            if (item.EventType != "beat")
                return item;
        }
    }

    /// <summary>Waits for the answer's end.</summary>
    public async Task EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var _ in _heard.Reader.ReadAllAsync(patience.Token))
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _hangUp.CancelAsync();
        _response.Dispose();
        _hangUp.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            await using var body = await _response.Content.ReadAsStreamAsync(_hangUp.Token);
            await foreach (var item in SseParser.Create(body).EnumerateAsync(_hangUp.Token))
                await _heard.Writer.WriteAsync(item);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // hung up
        }
        finally
        {
            _heard.Writer.Complete();
        }
    }
}
