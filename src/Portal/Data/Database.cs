using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Platform;

namespace Portal.Data;

/// <summary>Which database this process uses, decided once from the configuration.</summary>
public sealed record DatabaseSettings(bool IsPostgres, string ConnectionString)
{
    /// <summary><c>ConnectionStrings:Portal</c> when it names a PostgreSQL server or a SQLite file; else the embedded file.</summary>
    public static DatabaseSettings From(string? connectionString, string dataDirectory)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
            return new(false, Sqlite(Path.Combine(dataDirectory, "portal.db")));
        try
        {
            if (connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase) || connectionString.Contains("Server=", StringComparison.OrdinalIgnoreCase))
                return new(true, Postgres(new(connectionString)));
            return new(false, Sqlite(new SqliteConnectionStringBuilder(connectionString).DataSource));
        }
        catch (ArgumentException e)
        {
            throw new StartupProblem("ConnectionStrings:Portal is neither a PostgreSQL (Host=…;Database=…) nor a SQLite (Data Source=…) connection string.", e);
        }
    }

    /// <summary>
    /// The same statements come again and again: they are planned once a connection. Nothing here sets anything on a connection
    /// beyond its transaction, so there is nothing to reset between two uses. What the operator says himself stands.
    /// </summary>
    private static string Postgres(NpgsqlConnectionStringBuilder given)
    {
        // ContainsKey would say yes to every name that exists.
        if (!given.ShouldSerialize("Max Auto Prepare"))
            given.MaxAutoPrepare = 200;
        if (!given.ShouldSerialize("No Reset On Close"))
            given.NoResetOnClose = true;
        return given.ConnectionString;
    }

    internal void Use(DbContextOptionsBuilder options)
    {
        if (IsPostgres)
            options.UseNpgsql(ConnectionString);
        else
            options.UseSqlite(ConnectionString);
    }

    /// <summary>
    /// Builds the model into the provider's cache. It takes half of a start, and waits for nothing else: begun first, it is done
    /// when the services are.
    /// </summary>
    internal void BuildModel()
    {
        using PortalDb db = IsPostgres ? new PostgresDb(Options<PostgresDb>()) : new SqliteDb(Options<SqliteDb>());
        _ = db.Model;

        DbContextOptions<TDb> Options<TDb>() where TDb : DbContext
        {
            var builder = new DbContextOptionsBuilder<TDb>().UseApplicationServiceProvider(DesignTime.Services);
            Use(builder);
            return builder.Options;
        }
    }

    private static string Sqlite(string file) =>
        new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 30 }.ConnectionString;
}

public static class DatabaseRegistration
{
    public static void AddPortalDatabase(this IServiceCollection services, DatabaseSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<DatabaseReadiness>();
        if (settings.IsPostgres)
        {
            services.AddDbContextFactory<PostgresDb>(settings.Use);
            services.AddSingleton<IDbContextFactory<PortalDb>, Adapter<PostgresDb>>();
        }
        else
        {
            services.AddDbContextFactory<SqliteDb>(settings.Use);
            services.AddSingleton<IDbContextFactory<PortalDb>, Adapter<SqliteDb>>();
        }
        services.AddScoped(sp => sp.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContext());
    }

    private sealed class Adapter<TDb>(IDbContextFactory<TDb> inner) : IDbContextFactory<PortalDb> where TDb : PortalDb
    {
        public PortalDb CreateDbContext() => inner.CreateDbContext();
    }
}

