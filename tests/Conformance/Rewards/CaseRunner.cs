using System.Text.Json;
using Conformance.Rewards.Pricing;

namespace Conformance.Rewards;

/// <summary>What came of a case.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Faults">Words that are not known, and what came out otherwise than expected; empty if it passed.</param>
public sealed record CaseResult(string Id, string Title, IReadOnlyList<string> Faults);

/// <summary>Runs the cases of a file, one after another.</summary>
public static class CaseRunner
{
    public static async IAsyncEnumerable<CaseResult> RunAsync(string path, IBookkeeping books)
    {
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(path));
        foreach (var element in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            var of = new RewardCase(element);
            yield return new(of.Id, of.Title, await FaultsAsync(of, books));
        }
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
