using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Localization;

namespace Portal.Api;

/// <summary>Why a call was not done, before it is put into words. The title and detail come from the texts of <paramref name="Code"/>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Short and stable: <c>validation</c>, <c>reference.conflict</c>.</param>
/// <param name="Errors">By the path of the JSON member, as text keys.</param>
/// <param name="Values">What the detail names.</param>
internal sealed record ApiProblem(int Status, string Code, IReadOnlyList<FieldError>? Errors = null, params object[] Values)
{
    public const string ContentType = "application/problem+json";

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ApiProblem Invalid(IReadOnlyList<FieldError> errors) => new(StatusCodes.Status422UnprocessableEntity, "validation", errors);

    public static ApiProblem Invalid(string path, string key, params object[] values) => Invalid([new(path, key, values)]);

    public ProblemBody Body(IStringLocalizer<ApiTexts> texts) => new(
        $"urn:loyalty-portal:problem:{Code}",
        texts[$"Title.{Code}"],
        Status,
        texts[$"Detail.{Code}", Values],
        Errors?.GroupBy(e => e.Path).ToDictionary(g => g.Key, g => g.Select(e => e.Text ?? texts[$"Field.{e.Key}", e.Values]).ToArray()));

    public async Task WriteAsync(HttpContext context)
    {
        var body = Body(context.RequestServices.GetRequiredService<IStringLocalizer<ApiTexts>>());
        context.Response.StatusCode = Status;
        await context.Response.WriteAsJsonAsync(body, Json, ContentType, context.RequestAborted);
    }
}

/// <summary>One wrong member of the request.</summary>
/// <param name="Path"><c>lines[0].quantity</c>; <c>$</c> for the whole document.</param>
/// <param name="Key">Its text, after <c>Field.</c>.</param>
internal sealed record FieldError(string Path, string Key, params object[] Values)
{
    /// <summary>Words that are already in the caller's language.</summary>
    public string? Text { get; init; }
}

/// <summary>Problem details (RFC 9457).</summary>
/// <param name="Errors">What is wrong, by the path of the JSON member.</param>
public sealed record ProblemBody(string Type, string Title, int Status, string Detail, IReadOnlyDictionary<string, string[]>? Errors = null);

/// <summary>Writes a problem as the answer of an endpoint.</summary>
internal sealed class ProblemResult(ApiProblem problem) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => problem.WriteAsync(httpContext);
}
