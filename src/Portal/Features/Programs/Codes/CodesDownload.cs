using System.Text;
using Microsoft.AspNetCore.Mvc;
using Portal.Identity;

namespace Portal.Features.Programs.Codes;

/// <summary>The one download of a batch. A post, because it changes something: afterwards the codes are shown nowhere.</summary>
internal static class CodesDownload
{
    public static void MapCodes(this WebApplication app) =>
        app.MapPost("/staff/codes/{id:guid}/codes.csv", DownloadAsync).RequireAuthorization(Policies.Rules);

    // The form field makes the framework check the anti-forgery token.
    private static async Task<IResult> DownloadAsync(Guid id, [FromForm] string? unused, HttpContext context, CodeBatches batches, CancellationToken cancel)
    {
        _ = unused;
        if (!await batches.BeginDownloadAsync(id, context.User.UserId()!.Value, cancel))
            return Results.Conflict();
        context.Response.Headers.CacheControl = "no-store";
        return Results.Stream(async body =>
        {
            await using var writer = new StreamWriter(body, new UTF8Encoding(false), 64 * 1024);
            await writer.WriteAsync("code\r\n");
            await foreach (var code in batches.CodesAsync(id, cancel))
            {
                await writer.WriteAsync(code);
                await writer.WriteAsync("\r\n");
            }
        }, "text/csv; charset=utf-8", $"codes-{id:N}.csv");
    }
}
