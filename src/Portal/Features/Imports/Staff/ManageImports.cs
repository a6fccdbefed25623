using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Platform;

namespace Portal.Features.Imports.Staff;

/// <summary>Section <c>Imports</c>.</summary>
public sealed class ImportOptions
{
    public const string Section = "Imports";

    /// <summary>The largest file that staff may upload, in megabytes; at most <see cref="Largest"/>.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, 100)]
    public int MaxMegabytes { get; set; } = 50;

    /// <summary>What a request may hold at all.</summary>
    public const int Largest = 100;
}

/// <summary>An uploaded file with its first lines.</summary>
public sealed record ImportSample(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>A line that was not taken.</summary>
public sealed record RefusedLine(long Line, string? Document, string Code, string? Value);

/// <summary>Receives files and steers their imports; the work itself is done by <see cref="RunImports"/>.</summary>
public sealed class ManageImports(IDbContextFactory<PortalDb> databases, IOptions<ImportOptions> options, TimeProvider time)
{
    public const int Shown = 100;
    private static readonly ImportState[] Resting = [ImportState.New, ImportState.Checked, ImportState.Done, ImportState.Cancelled, ImportState.Failed];

    public int MaxMegabytes => options.Value.MaxMegabytes;

    /// <summary>Keeps a file, with the layout that its header shows.</summary>
    public async Task<Result<Guid>> ReceiveAsync(string name, Stream content, ImportKind kind, Guid by, CancellationToken cancel)
    {
        using var buffer = new MemoryStream();
        await content.CopyToAsync(buffer, cancel);
        if (buffer.Length == 0)
            return new Refusal("file.empty", "file");
        if (buffer.Length > MaxMegabytes * 1024L * 1024L)
            return new Refusal("file.large", "file", MaxMegabytes);
        var bytes = buffer.ToArray();
        IReadOnlyList<string> header;
        try
        {
            header = ImportReader.Sample(new MemoryStream(bytes, writable: false), 1).Header;
        }
        catch (ImportProblem)
        {
            return new Refusal("file.noheader", "file");
        }
        var row = new ImportRow
        {
            Kind = kind,
            FileName = name.Length > 200 ? name[^200..] : name,
            Size = bytes.Length,
            AllLines = bytes.AsSpan().Count((byte)'\n') + (bytes[^1] == (byte)'\n' ? 0 : 1),
            UploadedAt = time.UtcNow(),
            UploadedBy = by,
            Map = kind == ImportKind.Members ? MemberMap.Recognise(header)?.ToJson() : ImportMap.Recognise(header)?.ToJson(),
        };
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.AddRange(row, new ImportFileRow { ImportId = row.Id, Content = bytes });
        await db.SaveChangesAsync(cancel);
        return row.Id;
    }

    public async Task<IReadOnlyList<ImportRow>> ListAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<ImportRow>().AsNoTracking().OrderByDescending(i => i.UploadedAt).Take(100).ToListAsync(cancel);
    }

    public async Task<ImportRow?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<ImportRow>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancel);
    }

    public async Task<ImportSample> SampleAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var content = await db.Set<ImportFileRow>().Where(f => f.ImportId == id).Select(f => f.Content).SingleAsync(cancel);
        var (header, rows) = ImportReader.Sample(new MemoryStream(content, writable: false), 5);
        return new(header, rows);
    }

    public async Task<IReadOnlyList<RefusedLine>> RefusalsAsync(Guid id, int most, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<ImportRefusalRow>().AsNoTracking().Where(r => r.ImportId == id).OrderBy(r => r.Line).ThenBy(r => r.Id).Take(most)
            .Select(r => new RefusedLine(r.Line, r.Document, r.Code, r.Value)).ToListAsync(cancel);
    }

    /// <summary>From the first line, with this mapping; a trial stores nothing.</summary>
    public async Task<Result<Done>> StartAsync(Guid id, string map, bool dryRun, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Set<ImportRefusalRow>().Where(r => r.ImportId == id).ExecuteDeleteAsync(cancel);
        var started = await db.Set<ImportRow>().Where(i => i.Id == id && Resting.Contains(i.State)).ExecuteUpdateAsync(s => s
            .SetProperty(i => i.Map, map).SetProperty(i => i.DryRun, dryRun).SetProperty(i => i.State, ImportState.Waiting)
            .SetProperty(i => i.CancelWanted, false).SetProperty(i => i.Problem, (string?)null).SetProperty(i => i.ProblemValue, (string?)null)
            .SetProperty(i => i.FinishedAt, (DateTime?)null).SetProperty(i => i.ProgressAt, (DateTime?)null)
            .SetProperty(i => i.LastLine, 0L).SetProperty(i => i.Lines, 0L).SetProperty(i => i.LinesTaken, 0L).SetProperty(i => i.LinesRefused, 0L)
            .SetProperty(i => i.Documents, 0).SetProperty(i => i.Known, 0).SetProperty(i => i.Purchases, 0).SetProperty(i => i.Refunds, 0)
            .SetProperty(i => i.Refused, 0).SetProperty(i => i.MembersAdded, 0).SetProperty(i => i.MembersChanged, 0), cancel);
        if (started == 0)
            return new Refusal("import.busy");
        await transaction.CommitAsync(cancel);
        return default(Done);
    }

    /// <summary>Goes on where it was stopped.</summary>
    public async Task<Result<Done>> ContinueAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var going = await db.Set<ImportRow>()
            .Where(i => i.Id == id && !i.DryRun && (i.State == ImportState.Cancelled || i.State == ImportState.Failed))
            .ExecuteUpdateAsync(s => s.SetProperty(i => i.State, ImportState.Waiting).SetProperty(i => i.CancelWanted, false)
                .SetProperty(i => i.Problem, (string?)null).SetProperty(i => i.FinishedAt, (DateTime?)null), cancel);
        return going == 1 ? default(Done) : new Refusal("import.busy");
    }

    /// <summary>Stops after the batch now being stored.</summary>
    public async Task CancelAsync(Guid id, CancellationToken cancel)
    {
        var now = time.UtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var waiting = await db.Set<ImportRow>().Where(i => i.Id == id && i.State == ImportState.Waiting)
            .ExecuteUpdateAsync(s => s.SetProperty(i => i.State, ImportState.Cancelled).SetProperty(i => i.FinishedAt, now), cancel);
        if (waiting == 0)
            await db.Set<ImportRow>().Where(i => i.Id == id && i.State == ImportState.Running).ExecuteUpdateAsync(s => s.SetProperty(i => i.CancelWanted, true), cancel);
    }
}
