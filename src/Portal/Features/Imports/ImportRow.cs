using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Features.Imports;

/// <summary>What a file holds.</summary>
public enum ImportKind
{
    Transactions,
    Members,
}

/// <summary>The life of an import through the pages.</summary>
public enum ImportState
{
    /// <summary>Uploaded; nothing was done with it yet.</summary>
    New,

    /// <summary>Waits for a node to take it.</summary>
    Waiting,

    /// <summary>A node works on it, or did until its lease ends.</summary>
    Running,

    /// <summary>Tried without storing.</summary>
    Checked,

    /// <summary>Everything is dealt with.</summary>
    Done,

    /// <summary>Stopped by a person; what was stored stays, and it can go on.</summary>
    Cancelled,

    /// <summary>Could not go on; see the problem.</summary>
    Failed,
}

/// <summary>An uploaded file and how far its import is. Counts describe the last run, trial or real.</summary>
public sealed class ImportRow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required ImportKind Kind { get; init; }
    public required string FileName { get; init; }
    public required long Size { get; init; }

    /// <summary>Lines of the file with its header, about: quoted line breaks count too.</summary>
    public required long AllLines { get; init; }

    public required DateTime UploadedAt { get; init; }
    public Guid? UploadedBy { get; init; }

    /// <summary>The mapping of columns as JSON; null before it is chosen.</summary>
    public string? Map { get; set; }

    public ImportState State { get; set; }

    /// <summary>The last run stored nothing.</summary>
    public bool DryRun { get; set; }

    public bool CancelWanted { get; set; }

    /// <summary>The node that works on it; another may take over after <see cref="LeaseUntil"/>.</summary>
    public Guid? LeaseOwner { get; set; }

    public DateTime? LeaseUntil { get; set; }

    /// <summary>When and from where the node now working began, for the rate.</summary>
    public DateTime? RunStartedAt { get; set; }

    public long RunStartedLine { get; set; }
    public DateTime? ProgressAt { get; set; }
    public DateTime? FinishedAt { get; set; }

    /// <summary>The code of the <see cref="ImportProblem"/> that stopped it, and what it names.</summary>
    public string? Problem { get; set; }

    public string? ProblemValue { get; set; }

    /// <summary>The last line dealt with.</summary>
    public long LastLine { get; set; }

    public long Lines { get; set; }
    public long LinesTaken { get; set; }
    public long LinesRefused { get; set; }
    public int Documents { get; set; }
    public int Known { get; set; }
    public int Purchases { get; set; }
    public int Refunds { get; set; }
    public int Refused { get; set; }
    public int MembersAdded { get; set; }
    public int MembersChanged { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ImportRow>
    {
        public void Configure(EntityTypeBuilder<ImportRow> row)
        {
            row.ToTable("imports");
            row.Property(i => i.FileName).HasMaxLength(200);
            row.Property(i => i.Problem).HasMaxLength(64);
            row.HasIndex(i => i.State);
        }
    }
}

/// <summary>The bytes of an uploaded file, in the database so that any node can work on it.</summary>
public sealed class ImportFileRow
{
    public required Guid ImportId { get; init; }
    public required byte[] Content { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ImportFileRow>
    {
        public void Configure(EntityTypeBuilder<ImportFileRow> row)
        {
            row.ToTable("import_files");
            row.HasKey(f => f.ImportId);
            row.HasOne<ImportRow>().WithOne().HasForeignKey<ImportFileRow>(f => f.ImportId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>A line that the last run did not take.</summary>
public sealed class ImportRefusalRow
{
    public long Id { get; init; }
    public required Guid ImportId { get; init; }
    public required long Line { get; init; }
    public string? Document { get; init; }
    public required string Code { get; init; }
    public string? Value { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ImportRefusalRow>
    {
        public void Configure(EntityTypeBuilder<ImportRefusalRow> row)
        {
            row.ToTable("import_refusals");
            row.Property(r => r.Document).HasMaxLength(200);
            row.Property(r => r.Code).HasMaxLength(64);
            row.Property(r => r.Value).HasMaxLength(200);
            row.HasIndex(r => new { r.ImportId, r.Line });
            row.HasOne<ImportRow>().WithMany().HasForeignKey(r => r.ImportId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
