using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Identity;
using Portal.Identity.ApiKeys;
using Portal.Platform;

namespace Portal.Features.ApiKeys;

/// <summary>A key as the administrator sees it.</summary>
public sealed record KeyView(
    Guid Id, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTime CreatedAt, string? CreatedBy, DateTime? LastUsedAt, DateTime? RevokedAt);

/// <summary>Makes, lists and revokes keys.</summary>
public sealed class ManageKeys(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    public const int NameLength = 100;

    /// <summary>Those in force first, the newest first.</summary>
    public async Task<IReadOnlyList<KeyView>> ListAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await db.Set<ApiKeyRow>().AsNoTracking().OrderBy(k => k.RevokedAt != null).ThenByDescending(k => k.CreatedAt).Take(500).ToListAsync(cancel);
        var people = rows.Select(k => k.CreatedBy).OfType<Guid>().Distinct().ToList();
        var names = await db.Set<User>().Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, cancel);
        return [.. rows.Select(k => Show(k, k.CreatedBy is { } by ? names.GetValueOrDefault(by) : null))];
    }

    public async Task<KeyView?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<ApiKeyRow>().AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, cancel) is { } row ? Show(row, null) : null;
    }

    /// <returns>The whole key: it is nowhere else from here on.</returns>
    public async Task<Result<string>> CreateAsync(string? name, IEnumerable<string> scopes, Guid? by, CancellationToken cancel)
    {
        var wanted = ApiPolicies.All.Intersect(scopes).ToList();
        List<Refusal> refusals = [];
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > NameLength)
            refusals.Add(new("name", "Name", NameLength));
        if (wanted.Count == 0)
            refusals.Add(new("scopes", "Scopes"));
        if (refusals.Count > 0)
            return Result<string>.Refused(refusals);
        var (key, prefix, hash) = ApiKeySecret.New();
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Add(new ApiKeyRow { Name = name!.Trim(), Prefix = prefix, Hash = hash, Scopes = string.Join(' ', wanted), CreatedAt = time.UtcNow(), CreatedBy = by });
        await db.SaveChangesAsync(cancel);
        return key;
    }

    /// <summary>From the next call on the key opens nothing. Revoking twice changes nothing.</summary>
    public async Task RevokeAsync(Guid id, Guid? by, CancellationToken cancel)
    {
        var now = time.UtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Set<ApiKeyRow>().Where(k => k.Id == id && k.RevokedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(k => k.RevokedAt, now).SetProperty(k => k.RevokedBy, by), cancel);
    }

    private static KeyView Show(ApiKeyRow k, string? by) => new(k.Id, k.Name, k.Prefix, k.ScopeList, k.CreatedAt, by, k.LastUsedAt, k.RevokedAt);
}
