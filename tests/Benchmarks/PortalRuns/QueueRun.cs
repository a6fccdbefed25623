using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Portal.Features.Complaints.Staff;
using Tests.Shared;

namespace Benchmarks.PortalRuns;

/// <summary>
/// The desk's queue with 50 agents and 2,000 open cases (and 8,000 ended): the queries alone, then the whole page over HTTP
/// while all agents look at it, each waiting a second between two looks. The CPU is that of the whole process: for pages it
/// includes the fifty clients, for PostgreSQL not the server.
/// </summary>
internal static class QueueRun
{
    private const int Agents = 50;
    private const int Open = 2_000;
    private const int Ended = 8_000;
    private const int WarmUp = 10; // seconds

    private static readonly string[] Looks =
    [
        "/staff/complaints", "/staff/complaints?show=Mine", "/staff/complaints?show=Unassigned", "/staff/complaints?show=MyTeams", "/staff/complaints?due=Late",
        "/staff/complaints?page=12", "/staff/complaints?priority=High&state=Investigating", "/staff/complaints?team=senior&due=Today",
    ];

    public static async Task<int> RunAsync(int seconds)
    {
        var good = await OnAsync("SQLite", TestDatabase.Sqlite(), seconds);
        if (TestDatabase.PostgresIsAvailable)
            good &= await OnAsync("PostgreSQL", await TestDatabase.PostgresAsync(), seconds);
        else
            Console.WriteLine($"PostgreSQL: not run, {TestDatabase.PostgresSetting} names no server");
        return good ? 0 : 1;
    }

    private static async Task<bool> OnAsync(string name, TestDatabase database, int seconds)
    {
        await using var owned = database;
        await using var server = new PortalServer(database, new() { OnAPort = true, Services = CommandCount.Show });
        var emails = await server.FillDeskAsync(Agents, Open, Ended, members: 500);
        await QueriesAsync(name, server);
        return await PagesAsync(name, server, emails, seconds);
    }

    private static async Task QueriesAsync(string name, PortalServer server)
    {
        var queue = server.Services.GetRequiredService<DeskQueue>();
        QueueFilter[] filters = [new(QueueScope.Open), new(QueueScope.Unassigned), new(QueueScope.Open, Page: 12), new(QueueScope.Open, Due: QueueDue.Late), new(QueueScope.Open, Search: "nomor 19")];
        List<double> times = [];
        var commands = 0;
        var cpu = TimeSpan.Zero;
        for (var i = 0; i < 220; i++)
        {
            if (i == 20)
                cpu = Environment.CpuUsage.TotalTime;
            var counting = CommandCount.Start();
            var clock = Stopwatch.StartNew();
            await queue.ListAsync(filters[i % filters.Length], CancellationToken.None);
            if (i >= 20)
                times.Add(clock.Elapsed.TotalMilliseconds);
            commands = Math.Max(commands, i >= 20 ? counting.Count : 0);
        }
        Report($"{name}, queries alone", times, Environment.CpuUsage.TotalTime - cpu, $"{commands} commands");
    }

    private static async Task<bool> PagesAsync(string name, PortalServer server, IReadOnlyList<string> emails, int seconds)
    {
        var visitors = await Task.WhenAll(emails.Select(e => server.SignedInAsync(e, "en")));
        await LooksAsync(visitors, WarmUp); // as a server that has run for a while: not counted
        var cpu = Environment.CpuUsage.TotalTime;
        var looks = await LooksAsync(visitors, seconds);
        return Report($"{name}, page, {Agents} agents", [.. looks.Select(l => l.Milliseconds)], Environment.CpuUsage.TotalTime - cpu, $"{looks.Max(l => l.Commands)} commands at most") < 100;
    }

    private static async Task<IReadOnlyCollection<(double Milliseconds, int Commands)>> LooksAsync(Visitor[] visitors, int seconds)
    {
        var looks = new ConcurrentBag<(double, int)>();
        var end = Stopwatch.StartNew();
        await Task.WhenAll(visitors.Select((visitor, agent) => Task.Run(async () =>
        {
            await Task.Delay(agent * 1000 / Agents);
            for (var i = agent; end.Elapsed.TotalSeconds < seconds; i++)
            {
                var clock = Stopwatch.StartNew();
                using var answer = await visitor.SendAsync(HttpMethod.Get, Looks[i % Looks.Length]);
                if (answer.StatusCode != HttpStatusCode.OK)
                    throw new InvalidOperationException($"The queue answered {answer.StatusCode}.");
                looks.Add((clock.Elapsed.TotalMilliseconds, int.Parse(answer.Headers.GetValues(CommandCount.Header).Single(), CultureInfo.InvariantCulture)));
                await Task.Delay(1000);
            }
        })));
        return looks;
    }

    private static double Report(string what, List<double> times, TimeSpan cpu, string more)
    {
        times.Sort();
        double At(double share) => times[Math.Min(times.Count - 1, (int)(share * times.Count))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {times.Count} looks, p50 {At(0.5):0.0} ms, p95 {At(0.95):0.0} ms, p99 {At(0.99):0.0} ms, CPU {cpu.TotalMilliseconds / times.Count:0.0} ms each, {more}"));
        return At(0.99);
    }
}
