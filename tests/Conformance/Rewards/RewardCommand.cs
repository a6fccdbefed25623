namespace Conformance.Rewards;

/// <summary><c>FILE.json [--database sqlite|postgres]</c>: runs every case of a file and prints those that fail.</summary>
public static class RewardCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ([_] or [_, "--database", "sqlite" or "postgres"]))
        {
            Console.Error.WriteLine("usage: FILE.json [--database sqlite|postgres] | sla FILE.json");
            return 2;
        }
        await using var books = await DatabaseBookkeeping.OpenAsync(postgres: args is [_, _, "postgres"]);
        var (passed, failed) = (0, 0);
        await foreach (var of in CaseRunner.RunAsync(args[0], books))
        {
            if (of.Faults.Count == 0)
            {
                passed++;
                continue;
            }
            failed++;
            Console.WriteLine($"FAILED {of.Id}: {of.Title}");
            foreach (var fault in of.Faults) Console.WriteLine($"  {fault}");
        }
        Console.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }
}
