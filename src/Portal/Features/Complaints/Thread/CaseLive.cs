using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Features.Complaints.Staff;
using Portal.Identity;
using Portal.Identity.Limits;
using Portal.Platform.Live;

namespace Portal.Features.Complaints.Thread;

/// <summary>
/// The open case page of both sides: a stream that says "changed", the part of the page to fetch then, and the place for
/// half-written texts. All three go through the same door as the page itself.
/// </summary>
internal sealed class CaseLive(IDbContextFactory<PortalDb> databases, LiveStreams streams, CaseViewers viewers)
{
    /// <summary>Called with every event of a case.</summary>
    public static string Topic(Guid @case) => $"case:{@case:N}";

    /// <summary>Called when only staff see a difference: who reads, who writes.</summary>
    public static string DeskTopic(Guid @case) => $"desk:{@case:N}";

    public async Task<IResult> CustomerAsync(HttpContext http, CaseDoor door, string person, string? seen)
    {
        await using var db = await databases.CreateDbContextAsync(http.RequestAborted);
        if (await IdAsync(db, door, http.RequestAborted) is not { } id)
            return Results.NotFound();
        return await streams.OpenAsync(http, new(person, [Topic(id)], async cancel =>
        {
            await using var now = await databases.CreateDbContextAsync(cancel);
            return (await door.Of(now.Set<CaseRow>()).Select(c => (int?)c.Version).SingleOrDefaultAsync(cancel))?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }), seen);
    }

    public async Task<IResult> StaffAsync(HttpContext http, StaffDoor door, string? seen)
    {
        var me = http.User.UserId()!.Value;
        await using var db = await databases.CreateDbContextAsync(http.RequestAborted);
        if (await IdAsync(db, door, http.RequestAborted) is not { } id)
            return Results.NotFound();
        return await streams.OpenAsync(http, new($"user:{me:N}", [Topic(id), DeskTopic(id)],
            cancel => viewers.LookAsync(id, me, cancel), () => viewers.LeaveAsync(id, me)), seen);
    }

    private static Task<Guid?> IdAsync(PortalDb db, CaseDoor door, CancellationToken cancel) =>
        door.Of(db.Set<CaseRow>()).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(cancel);
}

internal static class CaseLiveEndpoints
{
    public static void MapCaseLive(this WebApplication app)
    {
        var own = app.MapGroup("/complaints/{reference}").RequireAuthorization(Policies.Customer);
        own.MapGet("/live", (string reference, string? seen, HttpContext http, CaseLive live) => live.CustomerAsync(http, Own(http, reference), $"user:{http.User.UserId():N}", seen));
        own.MapGet("/part", (string reference, HttpContext http, CustomerCases cases) => PartAsync(http, cases, Own(http, reference), $"/complaints/{reference}"));
        own.MapPost("/draft", ([FromForm] string? field, [FromForm] string? text, string reference, HttpContext http, CaseDrafts drafts) =>
            SaveAsync(http, drafts, Own(http, reference), CaseDrafts.Customer, field, text)).RequireRateLimiting(RateLimitPolicies.Draft);

        var linked = app.MapGroup("/case/{token}").AllowAnonymous();
        linked.MapGet("/live", (string token, string? seen, HttpContext http, CaseLive live) => live.CustomerAsync(http, new LinkDoor(token), $"link:{CaseLinks.Hash(token)}", seen));
        linked.MapGet("/part", (string token, HttpContext http, CustomerCases cases) => PartAsync(http, cases, new LinkDoor(token), $"/case/{token}"));
        linked.MapPost("/draft", ([FromForm] string? field, [FromForm] string? text, string token, HttpContext http, CaseDrafts drafts) =>
            SaveAsync(http, drafts, new LinkDoor(token), CaseDrafts.Customer, field, text)).RequireRateLimiting(RateLimitPolicies.Draft);

        var desk = app.MapGroup("/staff/complaints/{reference}").RequireAuthorization(Policies.Desk);
        desk.MapGet("/live", (string reference, string? seen, HttpContext http, CaseLive live) => live.StaffAsync(http, new(reference), seen));
        desk.MapGet("/part", (string reference, HttpContext http) =>
        {
            RenderAs(http, $"/staff/complaints/{reference}");
            return new RazorComponentResult<DeskPart>(new Dictionary<string, object?> { [nameof(DeskPart.Reference)] = reference });
        });
        desk.MapPost("/draft", ([FromForm] string? field, [FromForm] string? text, string reference, HttpContext http, CaseDrafts drafts) =>
            SaveAsync(http, drafts, new StaffDoor(reference), http.User.UserId()!.Value.ToString(), field, text)).RequireRateLimiting(RateLimitPolicies.Draft);
    }

    // The forms of a part are sent to the page that it goes into.
    private static void RenderAs(HttpContext http, string page) => (http.Request.Path, http.Request.QueryString) = (page, default);

    private static MemberDoor Own(HttpContext http, string reference) => new(http.User.MemberId()!.Value, reference);

    private static async Task<IResult> PartAsync(HttpContext http, CustomerCases cases, CaseDoor door, string here)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        RenderAs(http, here);
        return await cases.FindAsync(door, http.RequestAborted) is { } view
            ? new RazorComponentResult<CasePanel>(new Dictionary<string, object?> { [nameof(CasePanel.Door)] = door, [nameof(CasePanel.Here)] = here, [nameof(CasePanel.View)] = view })
            : Results.NotFound();
    }

    private static async Task<IResult> SaveAsync(HttpContext http, CaseDrafts drafts, CaseDoor door, string author, string? field, string? text) =>
        await drafts.SaveAsync(door, author, field, text, http.RequestAborted) ? Results.NoContent() : Results.NotFound();
}
