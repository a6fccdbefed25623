using System.ComponentModel.DataAnnotations;

namespace Portal.Platform.Live;

/// <summary>Section <c>Live</c>: pages that change while they are open.</summary>
public sealed class LiveOptions
{
    public const string Section = "Live";

    /// <summary>How often an open connection says that it is alive and looks by itself; shorter than what proxies allow an answer to be silent.</summary>
    [Range(1, 50)]
    public int BeatSeconds { get; set; } = 20;

    /// <summary>How often a portal on SQLite looks for changes.</summary>
    [Range(100, 10_000)]
    public int PollMilliseconds { get; set; } = 500;

    /// <summary>Open connections of one person (without account: of one link or one network address) to one node.</summary>
    [Range(1, 1000)]
    public int ConnectionsPerPerson { get; set; } = 8;

    /// <summary>Open connections to one node altogether.</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsPerNode { get; set; } = 10_000;
}
