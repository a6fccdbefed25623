using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Tests.Shared;

namespace Portal.Tests.Rewarding.Kills;

/// <summary>The program as its own process on a port of its own, to be killed without warning and started again.</summary>
internal sealed class PortalNode(TestDatabase database) : IDisposable
{
    private readonly int port = FreePort();
    private Process? process;

    public Uri Url => new($"http://127.0.0.1:{port}");

    public async Task StartAsync(CancellationToken cancel)
    {
        process = PortalProcess.Start(
            [$"--urls={Url}", "--RateLimits:ApiCallsPerMinute=10000000", "--Demo:Enabled=false", "--Logging:LogLevel:Default=Warning", .. Settings(database)]);
        // Whatever it prints is read away, so that it never waits for us.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(5) };
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(100, cancel))
        {
            Assert.False(process.HasExited, "The portal ended by itself.");
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), "The portal did not get ready.");
            try
            {
                if ((await http.GetAsync("/health/ready", cancel)).StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
            {
                continue; // not yet
            }
        }
    }

    /// <summary>SIGKILL: nothing in it gets a chance to finish.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public void Dispose()
    {
        if (process is { HasExited: false })
            process.Kill();
        process?.Dispose();
    }

    public static string[] Settings(TestDatabase database) => [$"--Portal:DataDirectory={database.DataDirectory}", $"--ConnectionStrings:Portal={database.ConnectionString}"];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
