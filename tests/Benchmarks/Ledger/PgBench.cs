using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Tests.Shared;

namespace Benchmarks.Ledger;

/// <summary>PostgreSQL's own benchmark on a database beside ours, on the same server.</summary>
internal sealed class PgBench : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly string? program;

    private PgBench(TestDatabase database, string? program)
    {
        this.database = database;
        this.program = program;
    }

    public static async Task<PgBench> CreateAsync()
    {
        var program = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetFiles("/usr/lib/postgresql", "pgbench", SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault()
            : null;
        var bench = new PgBench(await TestDatabase.PostgresAsync(), program ?? throw new InvalidOperationException("pgbench is not installed."));
        await bench.ProgramAsync("-i", "-q", "-s", "10");
        return bench;
    }

    /// <summary><c>pgbench -N</c>: update an account, read it, add a history row, commit durably.</summary>
    public async Task<Measured> RunAsync(int clients, int seconds)
    {
        var log = Path.Combine(database.DataDirectory, $"log-{Guid.NewGuid():N}");
        var clock = Stopwatch.StartNew();
        var output = await ProgramAsync("-N", "-c", Text(clients), "-j", "2", "-T", Text(seconds), "-l", "--log-prefix", log);
        List<double> latencies = [];
        foreach (var file in Directory.GetFiles(database.DataDirectory, Path.GetFileName(log) + "*"))
        {
            foreach (var line in File.ReadLines(file)) // client, transaction, microseconds, …
                latencies.Add(long.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture) / 1000.0);
            File.Delete(file);
        }
        return Measured.Of(latencies.Count, clock.Elapsed, latencies) with { PerSecond = PerSecond(output) };
    }

    /// <summary>Runs a script of ours on a database of ours; transactions per second.</summary>
    public async Task<double> ScriptAsync(TestDatabase on, string script, int clients, int seconds)
    {
        var file = Path.Combine(database.DataDirectory, "script.sql");
        await File.WriteAllTextAsync(file, script);
        return PerSecond(await ProgramAsync(on, "-n", "-M", "prepared", "-f", file, "-c", Text(clients), "-j", Text(clients), "-T", Text(seconds)));
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static double PerSecond(string output) =>
        double.Parse(output.Split('\n').Single(l => l.StartsWith("tps = ", StringComparison.Ordinal)).Split(' ')[2], CultureInfo.InvariantCulture);

    private Task<string> ProgramAsync(params string[] args) => ProgramAsync(database, args);

    private async Task<string> ProgramAsync(TestDatabase on, params string[] args)
    {
        var connection = new NpgsqlConnectionStringBuilder(on.ConnectionString);
        var start = new ProcessStartInfo(program!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        start.Environment["PGHOST"] = connection.Host;
        start.Environment["PGPORT"] = Text(connection.Port);
        start.Environment["PGUSER"] = connection.Username;
        start.Environment["PGPASSWORD"] = connection.Password;
        start.Environment["PGDATABASE"] = connection.Database;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("pgbench did not start.");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"pgbench failed: {await errors}");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
