using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Portal.Data;

/// <summary>For <c>dotnet ef</c> only; needs no live server.</summary>
public sealed class SqliteDesignFactory : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteDb>().UseApplicationServiceProvider(DesignTime.Services).UseSqlite("Data Source=design.db").Options);
}

/// <inheritdoc cref="SqliteDesignFactory"/>
public sealed class PostgresDesignFactory : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresDb>().UseApplicationServiceProvider(DesignTime.Services).UseNpgsql("Host=localhost;Database=design").Options);
}

internal static class DesignTime
{
    /// <summary>Identity shapes its tables by options that it takes from the application's services.</summary>
    public static readonly IServiceProvider Services = new ServiceCollection()
        .Configure<IdentityOptions>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
        .BuildServiceProvider();
}
