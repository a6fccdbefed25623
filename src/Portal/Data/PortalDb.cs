using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Portal.Identity;
using Portal.Rewarding.Decisions;
using Portal.Rewarding.Ledger;
using RewardsEngine.Values;

namespace Portal.Data;

/// <summary>
/// The one model over both databases. Rows and their mappings live with their features and are found by assembly scan;
/// read them with <c>db.Set&lt;TRow&gt;()</c>.
/// </summary>
public abstract class PortalDb(DbContextOptions options) : IdentityDbContext<User, IdentityRole<Guid>, Guid>(options)
{
    public bool IsPostgres => Database.ProviderName == "Npgsql.EntityFrameworkCore.PostgreSQL";

    /// <summary>Version 3 has the passkey table.</summary>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDb).Assembly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
        conventions.Properties<TimeSpan>().HaveConversion<Microsoft.EntityFrameworkCore.Storage.ValueConversion.TimeSpanToTicksConverter>();
        conventions.Properties<MemberId>().HaveConversion<MemberIdConverter>();
        conventions.Properties<LotId>().HaveConversion<LotIdConverter>();
        conventions.Properties<RuleId>().HaveConversion<RuleIdConverter>().HaveMaxLength(64);
    }
}

public class SqliteDb(DbContextOptions<SqliteDb> options) : PortalDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        conventions.Properties<Guid>().HaveConversion<GuidBytesConverter>();
        conventions.DefaultTypeMapping<Guid>().HasConversion<GuidBytesConverter>();
        conventions.Properties<MemberId>().HaveConversion<MemberIdBytesConverter>();
        conventions.Properties<LotId>().HaveConversion<LotIdBytesConverter>();
    }
}

public class PostgresDb(DbContextOptions<PostgresDb> options) : PortalDb(options)
{
    /// <summary>References are only ever compared for equality; byte by byte that costs a fraction of what a language's order costs.</summary>
    private const string Bytewise = "C";

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<ActivityRow>().Property(a => a.Reference).UseCollation(Bytewise);
        builder.Entity<ActivityRow>().Property(a => a.Type).UseCollation(Bytewise);
    }
}
