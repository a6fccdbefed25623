using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Platform;
using Portal.Rewarding.Codes;
using Portal.Rewarding.Programmes;
using RewardsEngine.Values;

namespace Portal.Features.Programs.Codes;

/// <summary>A batch as marketers see it.</summary>
/// <param name="Used">Codes with no use left.</param>
/// <param name="Left">Codes that can still be used.</param>
public sealed record CodeBatch(CodeBatchRow Row, long Used, long Left);

/// <summary>Batches of unique codes of one rule: asks for new ones, shows how they are used, hands them out once, takes them back.</summary>
public sealed class CodeBatches(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    public const long MaxCodes = 1_000_000;
    public const int MaxUses = 1_000;
    public const int ReasonLength = 300;

    public async Task<IReadOnlyList<CodeBatch>> ListAsync(RuleId rule, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await db.Set<CodeBatchRow>().AsNoTracking().Where(b => b.RuleId == rule).OrderByDescending(b => b.CreatedAt).Take(100).ToListAsync(cancel);
        var ids = rows.ConvertAll(b => b.Id);
        // Only used-up codes are counted: there are few of them beside a million that wait.
        var used = await db.Set<UniqueCodeRow>().Where(c => ids.Contains(c.BatchId) && c.UsesLeft == 0)
            .GroupBy(c => c.BatchId).Select(g => new { g.Key, Count = g.LongCount() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        return [.. rows.Select(b => new CodeBatch(b, used.GetValueOrDefault(b.Id), b.Made - used.GetValueOrDefault(b.Id)))];
    }

    /// <summary>Asks for codes; a job makes them, because a million take a while and tills must not wait.</summary>
    public async Task<Result<Guid>> GenerateAsync(RuleId rule, string? name, long? count, int? uses, string? prefix, Guid by, CancellationToken cancel)
    {
        List<Refusal> refusals = [.. Check(name, uses)];
        var begin = CodeStates.Normalise(prefix ?? "");
        if (count is not (>= 1 and <= MaxCodes))
            refusals.Add(new("codes.count", "Count", MaxCodes));
        if (begin.Length > 12 || !begin.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            refusals.Add(new("codes.prefix", "Prefix"));
        if (refusals.Count > 0)
            return Result<Guid>.Refused(refusals);
        return await AddAsync(new()
        {
            RuleId = rule,
            Name = name!.Trim(),
            State = CodeBatchState.Making,
            Wanted = count!.Value,
            UsesEach = uses!.Value,
            Prefix = begin,
            CreatedAt = time.UtcNow(),
            CreatedBy = by,
        }, cancel);
    }

    /// <summary>Codes from a file, one a line (the first column of a CSV). Read as a stream; bad and known codes are counted and left out.</summary>
    public async Task<Result<Guid>> ReadAsync(RuleId rule, string? name, int? uses, Stream file, Guid by, CancellationToken cancel)
    {
        if (Check(name, uses).ToList() is { Count: > 0 } refusals)
            return Result<Guid>.Refused(refusals);
        var batch = new CodeBatchRow { RuleId = rule, Name = name!.Trim(), State = CodeBatchState.Reading, UsesEach = uses!.Value, CreatedAt = time.UtcNow(), CreatedBy = by };
        var added = await AddAsync(batch, cancel);
        if (!added.Succeeded)
            return added;
        await using var db = await databases.CreateDbContextAsync(cancel);
        using var reader = new StreamReader(file);
        long lines = 0;
        foreach (var some in CodeFile.Read(reader).Chunk(CodeStore.CodesAtOnce))
        {
            lines += some.Length;
            if (lines > MaxCodes)
                break;
            var good = some.Where(CodeFile.IsCode).Distinct(StringComparer.Ordinal).ToArray();
            var made = await CodeStore.InsertAsync(db, batch.Id, batch.UsesEach, good, cancel);
            await db.Set<CodeBatchRow>().Where(b => b.Id == batch.Id).ExecuteUpdateAsync(s => s
                .SetProperty(b => b.Made, b => b.Made + made)
                .SetProperty(b => b.Refused, b => b.Refused + some.Length - made), cancel);
        }
        var state = lines > MaxCodes ? CodeBatchState.Void : CodeBatchState.Ready;
        await db.Set<CodeBatchRow>().Where(b => b.Id == batch.Id).ExecuteUpdateAsync(s => s.SetProperty(b => b.State, state).SetProperty(b => b.Wanted, b => b.Made), cancel);
        return lines > MaxCodes ? new Refusal("codes.many", "File", MaxCodes) : batch.Id;
    }

    /// <summary>Allows the one download of a batch; false when it is not ready or was downloaded before.</summary>
    public async Task<bool> BeginDownloadAsync(Guid batch, Guid by, CancellationToken cancel)
    {
        var now = time.UtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<CodeBatchRow>().Where(b => b.Id == batch && b.State == CodeBatchState.Ready && b.DownloadedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(b => b.DownloadedAt, now).SetProperty(b => b.DownloadedBy, by), cancel) == 1;
    }

    /// <summary>The codes of a batch, one after the other from the database.</summary>
    public async IAsyncEnumerable<string> CodesAsync(Guid batch, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await foreach (var code in db.Set<UniqueCodeRow>().AsNoTracking().Where(c => c.BatchId == batch).Select(c => c.Code).AsAsyncEnumerable().WithCancellation(cancel))
            yield return code;
    }

    /// <summary>Takes a batch back: unused codes are worth nothing from the next sale on.</summary>
    public async Task<Result<Done>> VoidAsync(RuleId rule, Guid batch, string? reason, Guid by, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > ReasonLength)
            return new Refusal("codes.reason", "Reason", ReasonLength);
        var (now, why) = (time.UtcNow(), reason.Trim());
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Set<CodeBatchRow>().Where(b => b.Id == batch && b.RuleId == rule && b.State != CodeBatchState.Void).ExecuteUpdateAsync(s => s
            .SetProperty(b => b.State, CodeBatchState.Void)
            .SetProperty(b => b.VoidedAt, now)
            .SetProperty(b => b.VoidedBy, by)
            .SetProperty(b => b.VoidReason, why), cancel);
        return default(Done);
    }

    private static IEnumerable<Refusal> Check(string? name, int? uses)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > 100)
            yield return new("codes.name", "Name");
        if (uses is not (>= 1 and <= MaxUses))
            yield return new("codes.uses", "Uses", MaxUses);
    }

    private async Task<Result<Guid>> AddAsync(CodeBatchRow batch, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await db.Set<RuleRow>().AnyAsync(r => r.Id == batch.RuleId, cancel))
            return new Refusal("rule.unknown");
        db.Add(batch);
        await db.SaveChangesAsync(cancel);
        return batch.Id;
    }
}
