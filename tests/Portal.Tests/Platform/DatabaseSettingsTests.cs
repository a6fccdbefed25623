using Npgsql;
using Portal.Data;

namespace Portal.Tests.Platform;

/// <summary>How the portal speaks to PostgreSQL unless the operator says otherwise.</summary>
public sealed class DatabaseSettingsTests
{
    [Fact]
    public void Statements_are_planned_once_a_connection_and_nothing_is_reset_between_two_uses()
    {
        var settings = new NpgsqlConnectionStringBuilder(DatabaseSettings.From("Host=db;Database=loyalty", "").ConnectionString);

        Assert.Equal((200, true), (settings.MaxAutoPrepare, settings.NoResetOnClose));
    }

    [Fact]
    public void What_the_operator_says_stands()
    {
        var settings = new NpgsqlConnectionStringBuilder(DatabaseSettings.From("Host=db;Database=loyalty;Max Auto Prepare=7;No Reset On Close=false", "").ConnectionString);

        Assert.Equal((7, false), (settings.MaxAutoPrepare, settings.NoResetOnClose));
    }
}
