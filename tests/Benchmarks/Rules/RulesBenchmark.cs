using System.Diagnostics;
using System.Globalization;
using RewardsEngine.Conditions.Explaining;
using RewardsEngine.Conditions.Matching;

namespace Benchmarks.Rules;

/// <summary>Rules against events: all contenders in one run, with the same checksum, in events per CPU-second.</summary>
/// <remarks>
/// Contenders take turns and each one's median turn counts: a moment in which the machine is slow then meets all of them.
/// <c>rules [--rules 100,1000,10000] [--events 100000] [--seed 1] [--seconds 3] [--only 5]</c>
/// </remarks>
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

        private const int Turns = 5;

        private readonly List<Contender> _contenders = [];
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
                Enter("1 limit: plain C# on integers", (i, sum) => { limit(integers[i], sum); sum.Close(wholes[i]); });
                Enter("2 plain C# on texts", (i, sum) => { texts(events[i], sum); sum.Close(wholes[i]); });
            }
            var delegates = only is "" or "3" ? Timed("compile delegates", () => CompiledDelegates.Compile(rules)) : [];
            Enter("3 one delegate per rule", (i, sum) =>
            {
                for (var rule = 0; rule < delegates.Length; rule++)
                    if (delegates[rule](events[i])) sum.Add(rule);
                sum.Close(wholes[i]);
            });
            Enter("4 engine, texts in", (i, sum) => Matched(engine.Match(events[i]), sum, wholes[i]));
            Enter("5 engine, pre-encoded", (i, sum) => Matched(engine.Matcher.Match(stored[i]), sum, wholes[i]));
            var (matched, why) = (new List<int>(), new List<Explanation>());
            Enter("6 engine, explained", (i, sum) =>
            {
                engine.Explain(events[i], matched, why);
                foreach (var rule in matched) sum.Add(rule);
                sum.Close(wholes[i]);
            });
            for (var turn = 0; turn < Turns; turn++)
                foreach (var contender in _contenders)
                    Measure(contender, TimeSpan.FromSeconds((double)seconds / Turns));
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

        private void Enter(string name, Action<int, Checksum> match)
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

            _contenders.Add(new(name, match, Math.Max(1, Math.Min(count / 10, 5_000)), new(rules), warm));
        }

        private void Measure(Contender contender, TimeSpan turn)
        {
            GC.Collect();
            var (begun, allocated, before) = (contender.Taken, GC.GetAllocatedBytesForCurrentThread(), Cpu);
            while (Cpu - before < turn)
            {
                for (var i = 0; i < contender.Block; i++, contender.Taken++)
                {
                    contender.Sum.Begin(contender.Taken);
                    contender.Match((int)(contender.Taken % events.Length), contender.Sum);
                }
            }
            var cpu = (Cpu - before).TotalSeconds;
            contender.Allocated += GC.GetAllocatedBytesForCurrentThread() - allocated;
            contender.Turns.Add((contender.Taken - begun) / cpu);
        }

        private bool Report()
        {
            var limit = Median('1');
            var delegates = Median('3');
            Console.WriteLine();
            Console.WriteLine($"| {rules.Length} rules | events per CPU-second | slowest and fastest turn | bytes per event | of the limit | times the delegates | matches per event |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            foreach (var c in _contenders)
            {
                var ofLimit = limit == 0 ? "–" : (c.Median / limit).ToString("0.00", CultureInfo.InvariantCulture);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {c.Name} | {c.Median:#,0} | {c.Turns.Min():#,0} to {c.Turns.Max():#,0} | {(double)c.Allocated / c.Taken:#,0} | {ofLimit} | {c.Median / delegates:0.0} | {(double)c.Sum.Matches / c.Taken:0.0} ({c.Checked}) |"));
            }
            Console.WriteLine();
            foreach (var wrong in _checksums) Console.WriteLine(wrong);
            return _checksums.Count == 0;
        }

        private double Median(char which) => _contenders.Find(c => c.Name[0] == which)?.Median ?? 0;
    }

    /// <param name="Name">Begins with its number.</param>
    /// <param name="Match">Takes the event at a position and adds what matches to the sum.</param>
    /// <param name="Block">Events between two looks at the clock.</param>
    /// <param name="Sum">What it has found while it was measured.</param>
    /// <param name="Checked">What it found when it was compared with the others.</param>
    private sealed record Contender(string Name, Action<int, Checksum> Match, int Block, Checksum Sum, Checksum Checked)
    {
        public long Taken { get; set; }

        public long Allocated { get; set; }

        /// <summary>Events per CPU-second, one number a turn.</summary>
        public List<double> Turns { get; } = [];

        public double Median => Turns.Order().ElementAt(Turns.Count / 2);
    }
}
