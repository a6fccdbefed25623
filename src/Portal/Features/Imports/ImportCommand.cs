using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Portal.Features.Imports;

/// <summary><c>import FILE [--map MAP.json] [--dry-run]</c>: the same import from the command line.</summary>
internal static class ImportCommand
{
    private const int RefusalsShown = 200;

    public static async Task<int> RunAsync(IServiceProvider services, string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        try
        {
            var (path, mapPath, dryRun) = Parse(args);
            await using var file = Open(path);
            var map = mapPath is null ? Recognise(file) : ImportMap.Parse(await File.ReadAllTextAsync(mapPath));
            file.Position = 0;
            var clock = Stopwatch.StartNew();
            long shown = 0;
            var tally = await services.GetRequiredService<ImportTransactions>().RunAsync(file, map, dryRun, 0, (_, batch) =>
            {
                shown += batch.Documents;
                if (!Console.IsOutputRedirected)
                    Console.Write(FormattableString.Invariant($"\r{shown} documents"));
                return Task.CompletedTask;
            }, CancellationToken.None);
            Report(services, tally, map, dryRun, clock.Elapsed);
            return 0;
        }
        catch (ImportProblem problem)
        {
            var texts = services.GetRequiredService<IStringLocalizer<ImportTexts>>();
            await Console.Error.WriteLineAsync(texts[$"problem.{problem.Code}", [.. problem.Values]]);
            return 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The file cannot be read: {e.Message}");
            return 1;
        }
    }

    private static void Report(IServiceProvider services, ImportTally tally, ImportMap map, bool dryRun, TimeSpan took)
    {
        var texts = services.GetRequiredService<IStringLocalizer<ImportTexts>>();
        if (!Console.IsOutputRedirected)
            Console.WriteLine();
        foreach (var refusal in tally.Refusals.Take(RefusalsShown))
            Console.WriteLine(FormattableString.Invariant($"line {refusal.Line}, document {refusal.Document}: {texts[$"refusal.{refusal.Code}", refusal.Value ?? ""]}"));
        if (tally.Refusals.Count > RefusalsShown)
            Console.WriteLine(FormattableString.Invariant($"… and {tally.Refusals.Count - RefusalsShown} more refused lines"));
        Console.WriteLine(FormattableString.Invariant(
            $"layout {map.Name}; {tally.Lines} lines: {tally.LinesTaken} taken, {tally.LinesRefused} refused; {tally.MembersAdded} members added; {tally.Lines / Math.Max(took.TotalSeconds, 0.001):0} lines per second"));
        Console.WriteLine(FormattableString.Invariant($"{tally.Documents} documents, {tally.Known} already known"));
        if (dryRun)
            Console.WriteLine("dry run: nothing was stored");
        Console.WriteLine(FormattableString.Invariant($"imported {tally.Purchases} purchases, {tally.Refunds} refunds, {tally.Refused} refused"));
    }

    private static (string Path, string? Map, bool DryRun) Parse(string[] args)
    {
        string? path = null, map = null;
        var dryRun = false;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--dry-run")
                dryRun = true;
            else if (args[i] == "--map" && i + 1 < args.Length)
                map = args[++i];
            else if (args[i].StartsWith("--", StringComparison.Ordinal))
                i += args[i].Contains('=', StringComparison.Ordinal) || i + 1 >= args.Length || args[i + 1].StartsWith("--", StringComparison.Ordinal) ? 0 : 1; // a setting
            else
                path ??= args[i];
        }
        return (path ?? throw new ImportProblem("file.missing"), map, dryRun);
    }

    // Paths are meant from where the person stands; the content root is the project's folder.
    private static FileStream Open(string path) => File.OpenRead(path);

    private static ImportMap Recognise(Stream file)
    {
        var header = ImportReader.Header(file);
        return ImportMap.Recognise(header) ?? throw new ImportProblem("layout.unknown", string.Join(", ", header));
    }
}
