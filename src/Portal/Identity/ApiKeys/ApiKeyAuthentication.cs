using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Platform;

namespace Portal.Identity.ApiKeys;

/// <summary>Reads <c>Authorization: Bearer KEY</c>. The body of a refusal is written by the API, in the caller's language.</summary>
public sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IDbContextFactory<PortalDb> databases, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "ApiKey";
    public const string ScopeClaim = "scope";
    public const string NameClaim = "api_key";

    private const string Bearer = "Bearer ";
    private static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(1);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var key = header[Bearer.Length..].Trim();
        if (!ApiKeySecret.TryPrefix(key, out var prefix))
            return AuthenticateResult.Fail("Not a key.");
        await using var db = await databases.CreateDbContextAsync(Context.RequestAborted);
        var row = await db.Set<ApiKeyRow>().AsNoTracking().SingleOrDefaultAsync(k => k.Prefix == prefix, Context.RequestAborted);
        if (row is null || !ApiKeySecret.Matches(key, row.Hash) || row.RevokedAt is not null)
            return AuthenticateResult.Fail("Unknown or revoked key.");
        await NoteUseAsync(db, row);
        var identity = new ClaimsIdentity(row.ScopeList.Select(s => new Claim(ScopeClaim, s)).Append(new(NameClaim, row.Name)), Scheme, NameClaim, null);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = Request.Headers.Authorization.Count == 0 ? "Bearer" : "Bearer error=\"invalid_token\"";
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_scope\"";
        return Task.CompletedTask;
    }

    private async Task NoteUseAsync(PortalDb db, ApiKeyRow row)
    {
        var now = time.UtcNow();
        if (row.LastUsedAt > now - UsedEvery)
            return;
        await db.Set<ApiKeyRow>().Where(k => k.Id == row.Id).ExecuteUpdateAsync(s => s.SetProperty(k => k.LastUsedAt, now), Context.RequestAborted);
    }
}
