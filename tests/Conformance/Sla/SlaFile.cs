namespace Conformance.Sla;

/// <summary>A file of due-date vectors. All times are local times of the calendar's zone.</summary>
internal sealed record SlaFile(IReadOnlyList<SlaCase> Cases);

internal sealed record SlaCase(string Id, SlaCalendar Calendar, string Start, long TargetMinutes, SlaExpectation Expect,
    IReadOnlyList<SlaPause>? Pauses = null, IReadOnlyList<long>? EscalationsMinutes = null);

internal sealed record SlaCalendar(string Zone, IReadOnlyDictionary<string, IReadOnlyList<string>> Week, IReadOnlyList<string>? Holidays = null);

internal sealed record SlaPause(string From, string? To = null);

internal sealed record SlaExpectation(string? Due = null, IReadOnlyList<string>? Escalations = null, bool Refused = false);
