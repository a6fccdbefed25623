namespace Portal.Ui;

/// <summary>A number on the staff start page.</summary>
/// <param name="Label">What is counted, in the reader's language.</param>
/// <param name="Note">What to compare it with: "12 the week before".</param>
/// <param name="Href">Where the things counted are.</param>
/// <param name="Alarming">Asks for something to be done today.</param>
public sealed record StartFigure(string Label, string Value, string? Note, string Href, bool Alarming = false);

/// <summary>A feature's numbers for the staff start page. Each is one query over an index.</summary>
public interface IStartFigures
{
    /// <summary>Who sees them.</summary>
    string Policy { get; }

    /// <summary>Low numbers first, as in the sidebar.</summary>
    int Order { get; }

    Task<IReadOnlyList<StartFigure>> ReadAsync(CancellationToken cancel);
}
