namespace Portal.Api;

/// <summary>What one document led to: an answer, or a problem.</summary>
internal sealed record ApiOutcome<T>(T? Answer, bool Repeated, ApiProblem? Problem) where T : class
{
    public static implicit operator ApiOutcome<T>(ApiProblem problem) => new(null, false, problem);

    /// <summary>201 the first time, 200 for a repeat.</summary>
    public int Status => Problem?.Status ?? (Repeated ? StatusCodes.Status200OK : StatusCodes.Status201Created);

    public IResult ToResult() => Problem is { } problem
        ? new ProblemResult(problem)
        : Results.Json(Answer, ApiJson.Options, statusCode: Status);
}

internal static class ApiCalls
{
    /// <summary>One document in, its outcome out.</summary>
    public static async Task<IResult> OneAsync<TRequest, TAnswer>(
        HttpRequest request, Func<TRequest, CancellationToken, Task<ApiOutcome<TAnswer>>> handle, CancellationToken cancel)
        where TRequest : class
        where TAnswer : class
    {
        var (document, problem) = await ApiJson.ReadAsync<TRequest>(request, cancel);
        return document is null ? new ProblemResult(problem!) : (await handle(document, cancel)).ToResult();
    }
}
