using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using SQLitePCL;

namespace Portal.Rewarding.Ledger;

/// <summary>One column of a table of the ledger: how it goes to either database. The names are the model's.</summary>
internal abstract class Column<TRow>(string name)
{
    public string Name { get; } = name;

    /// <summary>Says the same of every row: then it is sent once.</summary>
    public abstract bool IsConstant(IReadOnlyList<TRow> rows);

    public abstract NpgsqlParameter One(TRow row);

    public abstract NpgsqlParameter Array(IReadOnlyList<TRow> rows);

    public abstract void Bind(sqlite3_stmt statement, int position, TRow row);
}

/// <param name="name">As in the model.</param>
/// <param name="type">In PostgreSQL.</param>
/// <param name="value">Of a row; null where the column may be empty.</param>
/// <param name="bind">In SQLite.</param>
internal sealed class Column<TRow, TValue>(string name, NpgsqlDbType type, Func<TRow, TValue> value, Action<sqlite3_stmt, int, TValue> bind) : Column<TRow>(name)
{
    public override bool IsConstant(IReadOnlyList<TRow> rows)
    {
        var first = value(rows[0]);
        for (var i = 1; i < rows.Count; i++)
            if (!EqualityComparer<TValue>.Default.Equals(first, value(rows[i])))
                return false;
        return true;
    }

    public override NpgsqlParameter One(TRow row) => value(row) is { } given
        ? new NpgsqlParameter<TValue> { NpgsqlDbType = type, TypedValue = given }
        : new NpgsqlParameter { NpgsqlDbType = type, Value = DBNull.Value };

    public override NpgsqlParameter Array(IReadOnlyList<TRow> rows)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(rows[i]);
        return new NpgsqlParameter<TValue[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = values };
    }

    public override void Bind(sqlite3_stmt statement, int position, TRow row) => bind(statement, position, value(row));
}

/// <summary>The columns of a table, in the forms that both databases store as the model reads them.</summary>
internal sealed class Columns<TRow>(string table)
{
    private readonly List<Column<TRow>> all = [];

    public string Table { get; } = table;

    public IReadOnlyList<Column<TRow>> All => all;

    public Columns<TRow> Text(string name, Func<TRow, string?> value) => Add(name, NpgsqlDbType.Text, value, SqliteBinding.Text);

    public Columns<TRow> Id(string name, Func<TRow, Guid> value) => Add(name, NpgsqlDbType.Uuid, value, SqliteBinding.Id);

    public Columns<TRow> Id(string name, Func<TRow, Guid?> value) => Add(name, NpgsqlDbType.Uuid, value, SqliteBinding.Id);

    public Columns<TRow> Number(string name, Func<TRow, long> value) => Add(name, NpgsqlDbType.Bigint, value, SqliteBinding.Number);

    public Columns<TRow> Small(string name, Func<TRow, int> value) => Add(name, NpgsqlDbType.Integer, value, SqliteBinding.Small);

    public Columns<TRow> Small(string name, Func<TRow, int?> value) => Add(name, NpgsqlDbType.Integer, value, SqliteBinding.Small);

    public Columns<TRow> Flag(string name, Func<TRow, bool> value) => Add(name, NpgsqlDbType.Boolean, value, SqliteBinding.Flag);

    public Columns<TRow> Moment(string name, Func<TRow, DateTime> value) => Add(name, NpgsqlDbType.TimestampTz, value, SqliteBinding.Moment);

    public Columns<TRow> Moment(string name, Func<TRow, DateTime?> value) => Add(name, NpgsqlDbType.TimestampTz, value, SqliteBinding.Moment);

    private Columns<TRow> Add<TValue>(string name, NpgsqlDbType type, Func<TRow, TValue> value, Action<sqlite3_stmt, int, TValue> bind)
    {
        all.Add(new Column<TRow, TValue>(name, type, value, bind));
        return this;
    }
}

/// <summary>Values in SQLite as the model writes them: ids as bytes, moments as text.</summary>
internal static class SqliteBinding
{
    private const int IdLength = 16;
    private const int MomentLength = 27;

    public static void Number(sqlite3_stmt statement, int position, long value) => raw.sqlite3_bind_int64(statement, position, value);

    public static void Small(sqlite3_stmt statement, int position, int value) => raw.sqlite3_bind_int64(statement, position, value);

    public static void Small(sqlite3_stmt statement, int position, int? value)
    {
        if (value is { } given)
            Small(statement, position, given);
        else
            raw.sqlite3_bind_null(statement, position);
    }

    public static void Flag(sqlite3_stmt statement, int position, bool value) => raw.sqlite3_bind_int64(statement, position, value ? 1 : 0);

    public static void Text(sqlite3_stmt statement, int position, string? value)
    {
        if (value is null)
        {
            raw.sqlite3_bind_null(statement, position);
            return;
        }
        Span<byte> utf8 = stackalloc byte[512];
        if (value.Length == 0)
            raw.sqlite3_bind_text(statement, position, ""); // an empty span would be NULL
        else if (System.Text.Encoding.UTF8.TryGetBytes(value, utf8, out var length))
            raw.sqlite3_bind_text(statement, position, utf8[..length]);
        else
            raw.sqlite3_bind_text(statement, position, System.Text.Encoding.UTF8.GetBytes(value));
    }

    public static void Id(sqlite3_stmt statement, int position, Guid value)
    {
        Span<byte> bytes = stackalloc byte[IdLength];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        raw.sqlite3_bind_blob(statement, position, bytes);
    }

    public static void Id(sqlite3_stmt statement, int position, Guid? value)
    {
        if (value is { } given)
            Id(statement, position, given);
        else
            raw.sqlite3_bind_null(statement, position);
    }

    /// <summary>Fractions of a second without trailing zeros, no fraction when there is none: only so do texts compare as moments do.</summary>
    public static void Moment(sqlite3_stmt statement, int position, DateTime value)
    {
        Span<byte> text = stackalloc byte[MomentLength];
        value.TryFormat(text, out var length, "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        raw.sqlite3_bind_text(statement, position, text[..length]);
    }

    public static void Moment(sqlite3_stmt statement, int position, DateTime? value)
    {
        if (value is { } given)
            Moment(statement, position, given);
        else
            raw.sqlite3_bind_null(statement, position);
    }

    public static DateTime? MomentAt(sqlite3_stmt statement, int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL
        ? null
        : DateTime.SpecifyKind(DateTime.Parse(raw.sqlite3_column_text(statement, column).utf8_to_string(), CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
