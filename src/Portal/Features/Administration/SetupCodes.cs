using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Identity;
using Portal.Platform;

namespace Portal.Features.Administration;

/// <summary>
/// The one-time code that lets somebody with access to the console become the first administrator. Only its hash is stored,
/// so that any node accepts what any node printed.
/// </summary>
public sealed class SetupCodes(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>A new code, or null when there is an administrator already.</summary>
    public async Task<string?> IssueAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await HasAdministratorAsync(db, cancel))
            return null;
        var now = time.UtcNow();
        await db.Set<SetupCodeRow>().Where(c => c.ExpiresAt < now).ExecuteDeleteAsync(cancel);
        var code = RandomNumberGenerator.GetString(Alphabet, 12);
        db.Add(new SetupCodeRow { CodeHash = Hash(code), ExpiresAt = now + Lifetime });
        await db.SaveChangesAsync(cancel);
        return $"{code[..4]}-{code[4..8]}-{code[8..]}";
    }

    public async Task<bool> AreNeededAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return !await HasAdministratorAsync(db, cancel);
    }

    /// <summary>Uses a code up, and with it all others, within the caller's transaction.</summary>
    internal async Task<bool> TakeAsync(PortalDb db, string? typed, CancellationToken cancel)
    {
        var code = string.Concat((typed ?? "").Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        var hash = Hash(code);
        var now = time.UtcNow();
        if (await db.Set<SetupCodeRow>().Where(c => c.CodeHash == hash && c.ExpiresAt >= now).ExecuteDeleteAsync(cancel) == 0)
            return false;
        await db.Set<SetupCodeRow>().ExecuteDeleteAsync(cancel);
        return true;
    }

    internal static Task<bool> HasAdministratorAsync(PortalDb db, CancellationToken cancel) =>
        (from held in db.UserRoles join role in db.Roles on held.RoleId equals role.Id where role.Name == Roles.Administrator select held).AnyAsync(cancel);

    internal static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

/// <summary>Says on the console, once the server answers, how to become the first administrator. Not in the log: a code is a secret.</summary>
internal sealed class AnnounceSetup(SetupCodes codes, PublicAddress address, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var _ = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        if (await codes.IssueAsync(stoppingToken) is { } code)
            await Console.Out.WriteLineAsync($"There is no administrator yet. Open {address.Of("/setup")} and enter the one-time code {code}");
    }
}
