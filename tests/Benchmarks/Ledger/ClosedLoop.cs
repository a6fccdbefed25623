using System.Diagnostics;

namespace Benchmarks.Ledger;

/// <summary>Throughput and latencies of one run; latencies in milliseconds.</summary>
/// <param name="Cpu">Microseconds of this process's CPU for each; 0 when another process did the work.</param>
internal sealed record Measured(double PerSecond, double P50, double P99, double Cpu)
{
    public static Measured Of(long count, TimeSpan wall, List<double> latencies, TimeSpan cpu = default)
    {
        latencies.Sort();
        return new(count / wall.TotalSeconds, At(0.5), At(0.99), cpu.TotalMicroseconds / Math.Max(1, count));

        double At(double share) => latencies.Count == 0 ? 0 : latencies[Math.Min(latencies.Count - 1, (int)(latencies.Count * share))];
    }

    /// <summary>The median of each figure by itself.</summary>
    public static Measured Median(IReadOnlyCollection<Measured> runs)
    {
        return new(Middle(r => r.PerSecond), Middle(r => r.P50), Middle(r => r.P99), Middle(r => r.Cpu));

        double Middle(Func<Measured, double> figure)
        {
            var sorted = runs.Select(figure).Order().ToList();
            return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
        }
    }
}

/// <summary>Callers who each ask again as soon as they were answered.</summary>
internal static class ClosedLoop
{
    public static async Task<Measured> RunAsync(int callers, int seconds, Func<Random, long, Task> call)
    {
        var (clock, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var end = TimeSpan.FromSeconds(seconds);
        var latencies = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random(caller);
            List<double> own = [];
            while (clock.Elapsed < end)
            {
                var begun = clock.Elapsed;
                await call(random, own.Count);
                own.Add((clock.Elapsed - begun).TotalMilliseconds);
            }
            return own;
        })));
        return Measured.Of(latencies.Sum(l => l.Count), clock.Elapsed, [.. latencies.SelectMany(l => l)], Environment.CpuUsage.TotalTime - cpu);
    }
}
