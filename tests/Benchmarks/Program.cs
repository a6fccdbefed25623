using Benchmarks.Ledger;
using Benchmarks.PortalRuns;
using Benchmarks.Rules;

// The program's own folder, from wherever this is started.
Environment.SetEnvironmentVariable("ASPNETCORE_TEST_CONTENTROOT_PORTAL", Tests.Shared.Repository.Path("src/Portal"));

return args switch
{
    ["rules", .. var rest] => RulesBenchmark.Run(rest),
    ["ledger", .. var rest] => await LedgerBenchmark.RunAsync(rest),
    ["decision", .. var rest] => DecisionBenchmark.Run(rest),
    ["books", .. var rest] => await BooksBenchmark.RunAsync(rest),
    ["import", var file] => await PortalRun.ImportAsync(file),
    ["purchases", .. var count] => await PortalRun.PurchasesAsync(Number(count, 1_000)),
    ["queue", .. var seconds] => await QueueRun.RunAsync(Number(seconds, 20)),
    ["backtest", .. var count] => await BacktestRun.RunAsync(Number(count, 100_000)),
    ["replay", .. var count] => BacktestRun.Replay(Number(count, 100_000)),
    ["home", .. var count] => await PortalRun.HomeAsync(Number(count, 1_000)),
    _ => Usage(),
};

static int Number(string[] given, int otherwise) => given is [var text] && int.TryParse(text, out var number) ? number : otherwise;

static int Usage()
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/Benchmarks -- rules [--rules 100,1000,10000] [--events 100000] [--seed 1] [--seconds 3]");
    Console.Error.WriteLine("       … -- decision [--rules 10,100,1000,10000] [--lines 100] [--codes 1000000] [--decisions 2000] [--seed 1]");
    Console.Error.WriteLine("       … -- " + LedgerBenchmarkOptions.Usage);
    Console.Error.WriteLine("       … -- books [--entries 1000000] [--database postgres|sqlite|both]");
    Console.Error.WriteLine("       … -- import FILE | purchases [COUNT] | backtest [COUNT] | replay [COUNT] | home [COUNT] | queue [SECONDS]");
    return 2;
}
