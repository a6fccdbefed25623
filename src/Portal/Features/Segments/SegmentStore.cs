using System.Globalization;
using System.Text.Json;
using Insight.Value;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Rewarding.Segments;

namespace Portal.Features.Segments;

/// <summary>Writes values and segments of many members: one statement for ten thousand of them. Who stays in a segment keeps the day it began.</summary>
internal static class SegmentStore
{
    private const int RowsAtOnce = 10_000;

    private static readonly string[] ValueColumns =
    [
        nameof(MemberValueRow.MemberId), nameof(MemberValueRow.Revenue), nameof(MemberValueRow.Discounts), nameof(MemberValueRow.Refunds), nameof(MemberValueRow.Goods),
        nameof(MemberValueRow.Rewards), nameof(MemberValueRow.Service), nameof(MemberValueRow.Complaints), nameof(MemberValueRow.Value), nameof(MemberValueRow.PeerRevenue),
        nameof(MemberValueRow.PeerCount), nameof(MemberValueRow.PeerBreadth), nameof(MemberValueRow.PeerTenure), nameof(MemberValueRow.ActiveQuarters),
        nameof(MemberValueRow.PossibleQuarters), nameof(MemberValueRow.Potential), nameof(MemberValueRow.Run),
    ];

    private static readonly string[] SegmentColumns =
        [nameof(MemberSegmentRow.MemberId), nameof(MemberSegmentRow.Segment), nameof(MemberSegmentRow.Value), nameof(MemberSegmentRow.Since), nameof(MemberSegmentRow.Run)];

    public static async Task WriteAsync(PortalDb db, IReadOnlyList<MemberValue> values, SegmentRunRow run, CancellationToken cancel)
    {
        var (toValues, toSegments) = (
            Insert(db, "member_values", ValueColumns, keys: 1, kept: null),
            Insert(db, "member_segments", SegmentColumns, keys: 2, kept: nameof(MemberSegmentRow.Since)));
        // SQLite knows times as the text that its driver writes.
        var since = db.IsPostgres ? run.Through.ToString("O", CultureInfo.InvariantCulture) : run.Through.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        foreach (var some in values.Chunk(RowsAtOnce))
            await db.Database.ExecuteSqlRawAsync(toValues, [Json(some.Select(v => Cells(v, run.Id)))], cancel);
        foreach (var some in values.Where(v => v.Segment is not null).Chunk(RowsAtOnce))
            await db.Database.ExecuteSqlRawAsync(toSegments, [Json(some.Select(v => Cells(v, since, run.Id)))], cancel);
        await db.Set<MemberValueRow>().Where(v => v.Run != run.Id).ExecuteDeleteAsync(cancel);
        await db.Set<MemberSegmentRow>().Where(s => s.Run != run.Id && SegmentKeys.All.Contains(s.Segment)).ExecuteDeleteAsync(cancel);
    }

    private static object?[] Cells(MemberValue v, long run) =>
    [
        Key(v), v.Revenue, v.Discounts, v.Refunds, v.Goods, v.Rewards, v.Service, v.Complaints, v.Value, v.Growth?.PeerRevenue, v.Growth?.PeerCount ?? 0,
        v.Growth?.Peers.Breadth ?? 0, v.Growth?.Peers.Tenure ?? 0, v.Growth?.ActiveQuarters ?? 0, v.Growth?.PossibleQuarters ?? 0, v.Growth?.Potential ?? 0, run,
    ];

    private static object?[] Cells(MemberValue v, string since, long run) =>
        [Key(v), v.Segment!.Value.Key(), v.Segment == Segment.MostGrowable ? v.Growth!.Potential : v.Value, since, run];

    private static string Key(MemberValue v) => v.Member.ToString("N");

    private static string Json(IEnumerable<object?[]> rows) => JsonSerializer.Serialize(rows);

    /// <summary>Rows as a JSON array of arrays, in the order of the columns; a row that exists takes the new cells, but for its key and what is kept.</summary>
    private static string Insert(PortalDb db, string table, string[] columns, int keys, string? kept)
    {
        var cells = columns.Select((c, i) => db.IsPostgres ? $"(cell->>{i})::{PostgresType(c)}" : SqliteCell(c, $"json_extract(value, '$[{i}]')"));
        var source = db.IsPostgres ? "json_array_elements({0}::json) AS cell" : "json_each({0}) WHERE true";
        var set = columns.Skip(keys).Where(c => c != kept).Select(c => $"\"{c}\" = excluded.\"{c}\"");
        return $"""
            INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) SELECT {string.Join(", ", cells)} FROM {source}
            ON CONFLICT ({string.Join(", ", columns.Take(keys).Select(c => $"\"{c}\""))}) DO UPDATE SET {string.Join(", ", set)}
            """;
    }

    private static string SqliteCell(string column, string cell) => column == nameof(MemberSegmentRow.MemberId) ? $"unhex({cell})" : cell;

    private static string PostgresType(string column) => column switch
    {
        nameof(MemberSegmentRow.MemberId) => "uuid",
        nameof(MemberSegmentRow.Segment) => "text",
        nameof(MemberSegmentRow.Since) => "timestamptz",
        _ => "bigint",
    };
}
