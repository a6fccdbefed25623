namespace Portal.Features.Imports;

/// <summary>What an import has done so far. Documents and lines are counted apart: one document has many lines.</summary>
public sealed class ImportTally
{
    public long Lines { get; set; }
    public long LinesTaken { get; set; }
    public long LinesRefused { get; set; }
    public int Documents { get; set; }

    /// <summary>Documents stored by an earlier import with the same contents.</summary>
    public int Known { get; set; }

    public int Purchases { get; set; }
    public int Refunds { get; set; }

    /// <summary>Documents of which nothing was stored.</summary>
    public int Refused { get; set; }

    public int MembersAdded { get; set; }

    /// <summary>Known members who got something that was empty.</summary>
    public int MembersChanged { get; set; }

    /// <summary>Last line of the file that is dealt with.</summary>
    public long LastLine { get; set; }

    public List<LineRefusal> Refusals { get; } = [];

    /// <summary>Takes over what one batch did, once it is stored.</summary>
    public void Add(ImportTally batch)
    {
        Lines += batch.Lines;
        LinesTaken += batch.LinesTaken;
        LinesRefused += batch.LinesRefused;
        Documents += batch.Documents;
        Known += batch.Known;
        Purchases += batch.Purchases;
        Refunds += batch.Refunds;
        Refused += batch.Refused;
        MembersAdded += batch.MembersAdded;
        MembersChanged += batch.MembersChanged;
        LastLine = Math.Max(LastLine, batch.LastLine);
        Refusals.AddRange(batch.Refusals);
    }
}
