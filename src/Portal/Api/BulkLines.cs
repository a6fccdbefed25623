using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Portal.Api;

/// <summary>The lines of an NDJSON body as they arrive, without ever holding more than one of them.</summary>
internal static class BulkLines
{
    /// <param name="Number">From 1.</param>
    /// <param name="Json">Null when the line is longer than a document may be.</param>
    public readonly record struct Line(int Number, byte[]? Json);

    public static async IAsyncEnumerable<Line> ReadAsync(PipeReader body, int mostBytes, [EnumeratorCancellation] CancellationToken cancel)
    {
        var number = 0;
        var tooLong = false;
        while (true)
        {
            var read = await body.ReadAsync(cancel);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                buffer = buffer.Slice(buffer.GetPosition(1, end));
                number++;
                if (tooLong || line.Length > mostBytes)
                    yield return new(number, null);
                else if (!IsBlank(line))
                    yield return new(number, line.ToArray());
                tooLong = false;
            }
            if (buffer.Length > mostBytes)
            {
                tooLong = true; // let the rest of it pass by
                buffer = buffer.Slice(buffer.End);
            }
            if (read.IsCompleted)
            {
                if (tooLong || buffer.Length > mostBytes)
                    yield return new(number + 1, null);
                else if (!IsBlank(buffer))
                    yield return new(number + 1, buffer.ToArray());
                body.AdvanceTo(buffer.End);
                yield break;
            }
            body.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
            if (part.Span.ContainsAnyExcept(" \t\r"u8))
                return false;
        return true;
    }
}
