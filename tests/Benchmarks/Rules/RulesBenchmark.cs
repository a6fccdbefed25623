using System.Diagnostics;
using System.Globalization;
using RewardsEngine.Conditions.Explaining;
using RewardsEngine.Conditions.Matching;

namespace Benchmarks.Rules;

/// <summary>Rules against events: all contenders in one run, with the same checksum, in events per CPU-second.</summary>
/// <remarks><c>rules [--rules 100,1000,10000] [--events 100000] [--seed 1] [--seconds 3] [--only 5]</c></remarks>
public static class RulesBenchmark
{
    public static int Run(string[] args)
    {
        var sizes = Option(args, "--rules", "100,1000,10000").Split(',').Select(Number).ToArray();
        var events = Workload.Events(Number(Option(args, "--events", "100000")), Number(Option(args, "--seed", "1")));
        var seconds = Number(Option(args, "--seconds", "3"));
        var only = Option(args, "--only", "");
        var agree = true;
        foreach (var size in sizes) agree &= new Round(Workload.Rules(size, Number(Option(args, "--seed", "1")) + 1), events, seconds, only).Run();
        Console.WriteLine(agree ? "all contenders agree" : "the contenders DISAGREE");
        return agree ? 0 : 1;
    }

    private static string Option(string[] args, string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>All contenders on one set of rules.</summary>
    private sealed class Round(BenchmarkRule[] rules, PurchaseEvent[] events, int seconds, string only)
    {
        private const int LimitUpTo = 1_000;

        private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

        private readonly List<(string Name, double PerSecond, double Bytes)> _results = [];
        private readonly HashSet<string> _checksums = [];

        /// <summary>The slowest contenders cannot take all events; each is checked against the fastest on the events it takes.</summary>
        private Action<int, Checksum> _reference = (_, _) => { };

        private static TimeSpan Cpu => Process.GetCurrentProcess().TotalProcessorTime;

        public bool Run()
        {
            var conditions = Array.ConvertAll(rules, rule => rule.Text); // made once: a programme has its texts
            var engine = Timed("load, first", () => new EngineRules(conditions));
            for (var again = 0; again < 5; again++) Timed("load", () => engine.Load(conditions));
            Swaps(engine);
            var stored = Array.ConvertAll(events, engine.Store);
            var wholes = Array.ConvertAll(events, e => (long)e.Total);
            _reference = (i, sum) => Matched(engine.Matcher.Match(stored[i]), sum, wholes[i]);

            if (rules.Length <= LimitUpTo && only.Length == 0)
            {
                var integers = Array.ConvertAll(events, EncodedPurchase.Of);
                var (limit, texts) = (GeneratedRules.OnIntegers(rules), GeneratedRules.OnTexts(rules));
                Measure("1 limit: plain C# on integers", (i, sum) => { limit(integers[i], sum); sum.Close(wholes[i]); });
                Measure("2 plain C# on texts", (i, sum) => { texts(events[i], sum); sum.Close(wholes[i]); });
            }
            var delegates = only is "" or "3" ? Timed("compile delegates", () => CompiledDelegates.Compile(rules)) : [];
            Measure("3 one delegate per rule", (i, sum) =>
            {
                for (var rule = 0; rule < delegates.Length; rule++)
                    if (delegates[rule](events[i])) sum.Add(rule);
                sum.Close(wholes[i]);
            });
            Measure("4 engine, texts in", (i, sum) => Matched(engine.Match(events[i]), sum, wholes[i]));
            Measure("5 engine, pre-encoded", (i, sum) => Matched(engine.Matcher.Match(stored[i]), sum, wholes[i]));
            var (matched, why) = (new List<int>(), new List<Explanation>());
            Measure("6 engine, explained", (i, sum) =>
            {
                engine.Explain(events[i], matched, why);
                foreach (var rule in matched) sum.Add(rule);
                sum.Close(wholes[i]);
            });
            return Report();
        }

        private static void Matched(ReadOnlySpan<int> found, Checksum sum, long whole)
        {
            sum.Add(found);
            sum.Close(whole);
        }

        private T Timed<T>(string name, Func<T> make)
        {
            var before = Cpu;
            var watch = Stopwatch.StartNew();
            var made = make();
            watch.Stop();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rules.Length} rules: {name} {watch.Elapsed.TotalMilliseconds:0.0} ms ({(Cpu - before).TotalMilliseconds:0} ms of CPU)"));
            return made;
        }

        private void Swaps(EngineRules engine)
        {
            var texts = rules.Take(200).Select(r => r.Text).ToArray();
            for (var i = 0; i < texts.Length; i++) engine.Swap(i, texts[i]);
            var times = new double[texts.Length];
            for (var i = 0; i < texts.Length; i++)
            {
                var watch = Stopwatch.StartNew();
                engine.Swap(i, texts[i]);
                times[i] = watch.Elapsed.TotalMilliseconds;
            }
            Array.Sort(times);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rules.Length} rules: swap one {times[times.Length / 2]:0.000} ms (median of {times.Length}, worst {times[^1]:0.000})"));
        }

        private void Measure(string name, Action<int, Checksum> match)
        {
            if (only.Length > 0 && name[0] != only[0]) return;
            var warm = new Checksum(rules);
            var count = 0;
            // Until the runtime has optimised what runs often; it counts CPU time because the machine may be shared.
            for (var until = Cpu + WarmUp; count < events.Length && (count % 100 != 0 || Cpu < until); count++)
            {
                warm.Begin(count);
                match(count, warm);
            }
            var idle = new Checksum(rules);
            for (var until = Cpu + WarmUp; Cpu < until;)
                for (var i = 0; i < Math.Min(count, 1_000); i++) match(i, idle);
            var expected = new Checksum(rules);
            for (var i = 0; i < count; i++)
            {
                expected.Begin(i);
                _reference(i, expected);
            }
            if (expected.ToString() != warm.ToString()) _checksums.Add($"{name}: {warm} instead of {expected}");

            var sum = new Checksum(rules);
            var taken = 0L;
            GC.Collect();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var before = Cpu;
            while (Cpu - before < TimeSpan.FromSeconds(seconds))
            {
                var block = Math.Max(1, Math.Min(count / 10, 5_000));
                for (var i = 0; i < block; i++, taken++)
                {
                    sum.Begin(taken);
                    match((int)(taken % events.Length), sum);
                }
            }
            var cpu = (Cpu - before).TotalSeconds;
            var bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
            _results.Add((name, taken / cpu, (double)bytes / taken));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rules.Length} rules: {name}: {taken / cpu:#,0} events per CPU-second, {(double)sum.Matches / taken:0.0} matches per event ({warm})"));
        }

        private bool Report()
        {
            var limit = _results.FirstOrDefault(r => r.Name[0] == '1').PerSecond;
            var delegates = _results.FirstOrDefault(r => r.Name[0] == '3').PerSecond;
            Console.WriteLine();
            Console.WriteLine($"| {rules.Length} rules | events per CPU-second | bytes per event | of the limit | times the delegates |");
            Console.WriteLine("|---|---|---|---|---|");
            foreach (var (name, perSecond, bytes) in _results)
            {
                var ofLimit = limit == 0 ? "–" : (perSecond / limit).ToString("0.00", CultureInfo.InvariantCulture);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {perSecond:#,0} | {bytes:#,0} | {ofLimit} | {perSecond / delegates:0.0} |"));
            }
            Console.WriteLine();
            foreach (var wrong in _checksums) Console.WriteLine(wrong);
            return _checksums.Count == 0;
        }
    }
}
