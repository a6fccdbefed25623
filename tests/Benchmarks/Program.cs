using Benchmarks.Rules;

return args switch
{
    ["rules", .. var rest] => RulesBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/Benchmarks -- rules [--rules 100,1000,10000] [--events 100000] [--seed 1] [--seconds 3]");
    return 2;
}
