using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Architecture.Tests;

public sealed class SchemaTests
{
    [Fact]
    public void The_SQLite_migration_is_the_model()
    {
        using var db = new SqliteDesignFactory().CreateDbContext([]);

        Assert.False(db.Database.HasPendingModelChanges(), "The model changed; run src/Portal/Data/remigrate.sh");
    }

    [Fact]
    public void The_PostgreSQL_migration_is_the_model()
    {
        using var db = new PostgresDesignFactory().CreateDbContext([]);

        Assert.False(db.Database.HasPendingModelChanges(), "The model changed; run src/Portal/Data/remigrate.sh");
    }

    [Fact]
    public void Every_table_has_a_snake_case_name()
    {
        using var db = new SqliteDesignFactory().CreateDbContext([]);

        Violations.None("Tables named otherwise:", db.Model.GetEntityTypes()
            .Select(e => e.GetTableName()).OfType<string>()
            .Where(t => !t.StartsWith("AspNet", StringComparison.Ordinal) && t.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '_')));
    }
}
