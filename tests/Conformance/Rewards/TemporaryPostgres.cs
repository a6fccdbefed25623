using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Conformance.Rewards;

/// <summary>
/// An empty PostgreSQL database: on the server that <c>LOYALTY_TEST_POSTGRES</c> names, or on a cluster started for this run
/// from the installed PostgreSQL.
/// </summary>
public sealed class TemporaryPostgres : IAsyncDisposable
{
    private const string Setting = "LOYALTY_TEST_POSTGRES";
    private readonly string _server;
    private readonly string _name = $"conformance_{Guid.NewGuid():N}";
    private readonly (string Bin, DirectoryInfo Directory)? _cluster;

    private TemporaryPostgres(string server, (string, DirectoryInfo)? cluster)
    {
        _server = server;
        _cluster = cluster;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = _name, MaxPoolSize = 50 }.ConnectionString;
    }

    public string ConnectionString { get; }

    public static async Task<TemporaryPostgres> StartAsync()
    {
        var postgres = Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } named ? new TemporaryPostgres(named, null) : Start();
        await postgres.OnServerAsync($"CREATE DATABASE {postgres._name}");
        return postgres;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_cluster is var (bin, directory))
        {
            AsOwner(directory.FullName, Path.Combine(bin, "pg_ctl"), "-D", "data", "-m", "immediate", "stop");
            directory.Delete(recursive: true);
            return;
        }
        await OnServerAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
    }

    private static TemporaryPostgres Start()
    {
        var bin = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(path => File.Exists(Path.Combine(path, "initdb")))
                .OrderDescending(StringComparer.Ordinal).FirstOrDefault()
            : null;
        if (bin is null) throw new InvalidOperationException($"PostgreSQL is not installed and {Setting} names no server.");
        var directory = Directory.CreateTempSubdirectory("loyalty-conformance-postgres-");
        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        File.WriteAllText(Path.Combine(directory.FullName, "password"), password);
        if (IsRoot) Run(directory.FullName, "chown", "-R", "postgres", directory.FullName);
        AsOwner(directory.FullName, Path.Combine(bin, "initdb"), "-D", "data", "-U", "portal", "-A", "scram-sha-256", "--pwfile=password", "-E", "UTF8", "--locale=C.UTF-8");
        var port = FreePort();
        AsOwner(directory.FullName, Path.Combine(bin, "pg_ctl"), "-D", "data", "-w", "-t", "60", "-l", "server.log",
            "-o", $"-p {port} -k {directory.FullName} -c listen_addresses=127.0.0.1 -c max_connections=200", "start");
        return new TemporaryPostgres($"Host=127.0.0.1;Port={port};Username=portal;Password={password};Database=postgres", (bin, directory));
    }

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static void AsOwner(string directory, params string[] command)
    {
        if (IsRoot) Run(directory, ["runuser", "-u", "postgres", "--", .. command]);
        else Run(directory, command);
    }

    private static void Run(string directory, params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >>run.log 2>&1", "sh", .. command]) { WorkingDirectory = directory })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Path.GetFileName(command[0])} failed: {File.ReadAllText(Path.Combine(directory, "run.log"))}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task OnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
