using System.Diagnostics;
using System.Globalization;
using RewardsEngine.Decisions;

namespace Benchmarks.Rules;

/// <summary>Whole decisions with explanation and hints, one by one: how long each takes, not only how many there are.</summary>
public static class DecisionBenchmark
{
    public static int Run(string[] args)
    {
        var (decisions, lines, codes, seed) = (Number(args, "--decisions", 2_000), Number(args, "--lines", 100), Number(args, "--codes", 1_000_000), Number(args, "--seed", 1));
        Console.WriteLine($"{decisions} decisions, {lines} lines, {codes} codes");
        Console.WriteLine("| rules | p50 ms | p99 ms | worst ms | CPU ms, mean | CPU ms, p99 | applied | hints | bytes |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        var agree = true;
        foreach (var rules in Option(args, "--rules", "10,100,1000,10000").Split(','))
            foreach (var thresholds in (bool[])[false, true])
                agree &= One(new(Int(rules), codes, 500, lines, seed, thresholds), Int(rules), decisions, thresholds);
        return agree ? 0 : 1;
    }

    private static bool One(DecisionWorkload workload, int rules, int decisions, bool thresholds)
    {
        for (var warm = 0; warm < 500; warm++) workload.Decide(warm);
        GC.Collect();
        var (wall, cpu) = (new double[decisions], new double[decisions]);
        var (applied, hints, wrong) = (0L, 0L, 0);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var index = 0; index < decisions; index++)
        {
            var before = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.GetTimestamp();
            var decision = workload.Decide(index);
            wall[index] = Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
            cpu[index] = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
            applied += decision.Explanation.Applied.Count;
            hints += decision.Explanation.Missed.Count(miss => miss.Hint is not null);
            if (Told(decision.Explanation) < rules) wrong++;
        }
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / decisions;
        Array.Sort(wall);
        Array.Sort(cpu);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {rules:#,0}{(thresholds ? ", thresholds" : "")} | {wall[decisions / 2]:0.000} | {wall[decisions * 99 / 100]:0.000} | {wall[^1]:0.0} | {cpu.Average():0.000} | {cpu[decisions * 99 / 100]:0.000} | {(double)applied / decisions:0.0} | {(double)hints / decisions:0.00} | {bytes:#,0} |"));
        if (wrong > 0) Console.WriteLine($"{wrong} explanations do not tell of every rule");
        return wrong == 0;
    }

    /// <summary>How many rules the explanation accounts for.</summary>
    private static int Told(Explanation explanation) => explanation.Applied.Count + explanation.Missed.Count + explanation.Others.Sum(other => other.Count);

    private static string Option(string[] args, string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;

    private static int Number(string[] args, string name, int otherwise) => Option(args, name, "") is { Length: > 0 } text ? Int(text) : otherwise;

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
