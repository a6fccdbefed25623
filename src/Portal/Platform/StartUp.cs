using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Portal.Data;
using Portal.Identity;

namespace Portal.Platform;

/// <summary>Brings the database to this version's schema and fills in what every installation has.</summary>
internal static class StartUp
{
    /// <exception cref="StartupProblem">The database cannot be reached, read or migrated.</exception>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        try
        {
            await PrepareHistoryAsync(db, cancel);
            // Migrating compares the whole model with its snapshot first, which a start with nothing to do need not wait for.
            if ((await db.Database.GetPendingMigrationsAsync(cancel)).Any())
                await db.Database.MigrateAsync(cancel);
        }
        catch (Exception e) when (e is DbException or SqliteException or NpgsqlException || e.InnerException is DbException)
        {
            throw new StartupProblem($"the database cannot be used ({(db.IsPostgres ? "PostgreSQL" : "SQLite")}): {e.GetBaseException().Message}", e);
        }
        scope.ServiceProvider.GetRequiredService<DatabaseReadiness>().Reach();
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<Guid>>>();
        var known = await roles.Roles.Select(r => r.Name).ToListAsync(cancel);
        foreach (var role in Roles.All.Except(known))
            await roles.CreateAsync(new(role!));
        foreach (var seed in scope.ServiceProvider.GetServices<ISeed>().OrderBy(s => s.Order))
            await seed.SeedAsync(cancel);
    }

    // On an empty PostgreSQL the migrator would ask a table that is not there yet, and log the answer as a failure.
    private static async Task PrepareHistoryAsync(PortalDb db, CancellationToken cancel)
    {
        if (!db.IsPostgres)
            return;
        var database = db.GetService<IRelationalDatabaseCreator>();
        if (!await database.ExistsAsync(cancel))
            await database.CreateAsync(cancel);
        await db.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancel);
    }
}

/// <summary>Something an empty database needs before the first request. Must be quick and safe to repeat.</summary>
internal interface ISeed
{
    /// <summary>Low numbers first.</summary>
    int Order { get; }

    Task SeedAsync(CancellationToken cancel);
}
