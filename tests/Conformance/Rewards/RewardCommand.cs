using System.Text.Json;
using Conformance.Rewards.Pricing;

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
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(args[0]));
        await using var books = await DatabaseBookkeeping.OpenAsync(postgres: args is [_, _, "postgres"]);
        var (passed, failed) = (0, 0);
        foreach (var element in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            var of = new RewardCase(element);
            var faults = await FaultsAsync(of, books);
            if (faults.Count == 0)
            {
                passed++;
                continue;
            }
            failed++;
            Console.WriteLine($"FAILED {of.Id}: {of.Title}");
            foreach (var fault in faults) Console.WriteLine($"  {fault}");
        }
        Console.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    private static async Task<List<string>> FaultsAsync(RewardCase of, IBookkeeping books)
    {
        var faults = of.UnknownWords().ToList();
        if (Fault(() => CaseShop.Check(of)) is { } unread) faults.Add(unread);
        if (faults.Count > 0) return faults;
        var number = 0;
        foreach (var element in of.Steps)
        {
            number++;
            var words = new Words(element, $"step {number}");
            try
            {
                var name = words.Text("do");
                if (!Steps.Known.TryGetValue(name, out var step)) throw new UnknownWordException($"unknown step \"{name}\"");
                words.Ignore("expect");
                var answer = await step(of, words, books);
                words.Finish();
                if (element.TryGetProperty("expect", out var expect))
                    faults.AddRange(answer.Differences(expect).Select(difference => $"step {number} ({name}) {difference}"));
            }
            catch (Exception fault) // whatever goes wrong in one case, the others are still run
            {
                faults.Add($"step {number}: {Said(fault)}");
            }
        }
        return faults;
    }

    private static string? Fault(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception fault)
        {
            return Said(fault);
        }
    }

    private static string Said(Exception fault) => fault is UnknownWordException or InvalidOperationException ? fault.Message : $"{fault.GetType().Name}: {fault.Message}";
}
