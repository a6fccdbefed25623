using Portal.Identity;

namespace Portal.Features.Complaints;

/// <summary>Downloads of attached files. Never shown by the browser as part of the portal: saved, unsniffed, without rights.</summary>
internal static class CaseFiles
{
    public static void MapCaseFiles(this WebApplication app)
    {
        app.MapGet("/complaints/{reference}/files/{id:guid}", (string reference, Guid id, HttpContext http, CustomerCases cases) =>
            SendAsync(http, cases, new MemberDoor(http.User.MemberId()!.Value, reference), id)).RequireAuthorization(Policies.Customer);
        app.MapGet("/case/{token}/files/{id:guid}", (string token, Guid id, HttpContext http, CustomerCases cases) =>
            SendAsync(http, cases, new LinkDoor(token), id)).AllowAnonymous();
        app.MapGet("/staff/complaints/{reference}/files/{id:guid}", (string reference, Guid id, HttpContext http, CustomerCases cases) =>
            SendAsync(http, cases, new StaffDoor(reference), id)).RequireAuthorization(Policies.Desk);
    }

    private static async Task<IResult> SendAsync(HttpContext http, CustomerCases cases, CaseDoor door, Guid id)
    {
        if (await cases.FileAsync(door, id, http.RequestAborted) is not { } file)
            return Results.NotFound();
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "private, no-store";
        headers["Referrer-Policy"] = "no-referrer";
        return Results.File(file.Content, file.ContentType, file.FileName);
    }
}
