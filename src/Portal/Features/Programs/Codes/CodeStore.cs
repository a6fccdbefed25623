using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Data;

namespace Portal.Features.Programs.Codes;

/// <summary>Writes many codes in one statement. A code that exists already stays what it is.</summary>
internal static class CodeStore
{
    /// <summary>Short enough that no till waits noticeably for the database.</summary>
    public const int CodesAtOnce = 10_000;

    /// <returns>How many were new.</returns>
    public static Task<int> InsertAsync(PortalDb db, Guid batch, int uses, string[] codes, CancellationToken cancel) => db.IsPostgres
        ? db.Database.ExecuteSqlAsync($"""
            INSERT INTO unique_codes ("Code", "BatchId", "UsesLeft") SELECT code, {batch}, {uses} FROM unnest({codes}) AS code ON CONFLICT DO NOTHING
            """, cancel)
        : db.Database.ExecuteSqlAsync($"""
            INSERT INTO unique_codes ("Code", "BatchId", "UsesLeft") SELECT value, {batch}, {uses} FROM json_each({JsonSerializer.Serialize(codes)}) WHERE true ON CONFLICT DO NOTHING
            """, cancel);
}
