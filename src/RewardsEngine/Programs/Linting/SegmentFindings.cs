using RewardsEngine.Conditions;
using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Programs.Linting;

/// <summary>Segments that are asked for but that nobody is ever in.</summary>
internal static class SegmentFindings
{
    public static void Add(LintedRule rule, IReadOnlyCollection<string> known, List<LintFinding> findings)
    {
        foreach (var (segment, span) in rule.Own.TextsFor(Fields.CustomerSegments)) Check(rule, segment, "condition", span, known, findings);
        foreach (var segment in rule.Rule.Audience.Segments) Check(rule, segment, "audience.segments", null, known, findings);
    }

    private static void Check(LintedRule rule, string segment, string path, SourceSpan? span, IReadOnlyCollection<string> known, List<LintFinding> findings)
    {
        if (!known.Contains(segment))
            findings.Add(new(LintKind.UnknownSegment, rule.Id, path, new("Kelompok “{0}” tidak ada. Yang ada: {1}.", "There is no segment “{0}”. There are: {1}."),
                [segment, string.Join(", ", known)], null, span?.Start, span?.Length));
    }
}
