using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Localization;

namespace Portal.Api;

/// <summary>One answer line for each line that came in.</summary>
/// <param name="Line">Its number, from 1; empty lines count but are not answered.</param>
/// <param name="Status">What the single call would have answered: 201 recorded, 200 known before, 4xx refused.</param>
/// <param name="Receipt">When recorded.</param>
/// <param name="Problem">When refused.</param>
public sealed record BulkLine<T>(int Line, int Status, T? Receipt, ProblemBody? Problem) where T : class;

/// <summary>NDJSON in, NDJSON out, each line standing for itself: a bad line stops nobody else's.</summary>
/// <param name="record">Takes one line's document; called in the order of the lines.</param>
/// <param name="ahead">How many lines may be under way while the first of them waits for its answer.</param>
internal sealed class Bulk<TRequest, TAnswer>(Func<TRequest, CancellationToken, Task<ApiOutcome<TAnswer>>> record, int ahead = 1) : IResult
    where TRequest : class
    where TAnswer : class
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var texts = httpContext.RequestServices.GetRequiredService<IStringLocalizer<ApiTexts>>();
        var cancel = httpContext.RequestAborted;
        httpContext.Response.ContentType = BulkDocument.ContentType;
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var underWay = new Queue<(int Line, Task<ApiOutcome<TAnswer>> Outcome)>();
        await using var lines = BulkLines.ReadAsync(httpContext.Request.BodyReader, ApiJson.MaxBytes, cancel).GetAsyncEnumerator(cancel);
        while (true)
        {
            var next = lines.MoveNextAsync().AsTask();
            // Who sends line by line and waits for each answer gets it before the next line is there.
            while (underWay.Count > 0 && (!next.IsCompleted || underWay.Count >= ahead))
                await AnswerAsync(underWay.Dequeue());
            if (!await next)
                break;
            underWay.Enqueue((lines.Current.Number, OutcomeAsync(lines.Current, cancel)));
        }
        while (underWay.Count > 0)
            await AnswerAsync(underWay.Dequeue());

        async Task AnswerAsync((int Line, Task<ApiOutcome<TAnswer>> Outcome) next)
        {
            var outcome = await next.Outcome;
            var answer = new BulkLine<TAnswer>(next.Line, outcome.Status, outcome.Answer, outcome.Problem?.Body(texts));
            await JsonSerializer.SerializeAsync(httpContext.Response.BodyWriter, answer, ApiJson.Options, cancel);
            await httpContext.Response.WriteAsync("\n", cancel);
        }
    }

    private async Task<ApiOutcome<TAnswer>> OutcomeAsync(BulkLines.Line line, CancellationToken cancel)
    {
        if (line.Json is null)
            return new ApiProblem(StatusCodes.Status413PayloadTooLarge, "too_large");
        var (request, problem) = ApiJson.Parse<TRequest>(line.Json);
        return request is null ? problem! : await record(request, cancel);
    }
}

/// <summary>Names of the bulk format.</summary>
internal static class BulkDocument
{
    public const string ContentType = "application/x-ndjson";

    /// <summary>The largest bulk body.</summary>
    public const long MaxBytes = 100L * 1024 * 1024;
}
