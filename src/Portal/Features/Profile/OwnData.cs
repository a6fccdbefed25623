using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Identity;
using Portal.Rewarding;

namespace Portal.Features.Profile;

/// <summary>Everything the portal keeps about a member, as one JSON file for its owner.</summary>
internal static class OwnData
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static void MapOwnData(this WebApplication app) =>
        app.MapGet("/profile/data", async (HttpContext context, IDbContextFactory<PortalDb> databases, IEnumerable<IMemberData> parts, CancellationToken cancel) =>
        {
            var member = context.User.MemberId()!.Value;
            await using var db = await databases.CreateDbContextAsync(cancel);
            var all = new SortedDictionary<string, object>(StringComparer.Ordinal);
            foreach (var part in parts)
                all[part.Name] = await part.ExportAsync(db, member, cancel);
            context.Response.Headers.CacheControl = "no-store";
            return Results.File(JsonSerializer.SerializeToUtf8Bytes(all, Json), "application/json", "my-data.json");
        }).RequireAuthorization(Policies.Customer);
}
