using System.Text.Json;

namespace Conformance.Sla;

/// <summary><c>sla FILE.json</c>: computes the due dates of vectors with the complaints library and compares them.</summary>
internal static class SlaCommand
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments is not [var path])
        {
            Console.Error.WriteLine("usage: sla FILE.json");
            return 2;
        }
        SlaFile? file;
        try
        {
            using var stream = File.OpenRead(path);
            file = JsonSerializer.Deserialize<SlaFile>(stream, Format);
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{path}: {problem.Message}");
            return 2;
        }
        return Compare(file?.Cases ?? []);
    }

    private static int Compare(IReadOnlyList<SlaCase> cases)
    {
        var failed = 0;
        foreach (var vector in cases)
        {
            if (SlaVector.Difference(vector.Expect, SlaVector.Compute(vector)) is not { } difference) continue;
            failed++;
            Console.WriteLine($"FAIL {vector.Id}: {difference}");
        }
        Console.WriteLine($"{cases.Count - failed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }
}
