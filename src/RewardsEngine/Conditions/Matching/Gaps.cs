using RewardsEngine.Conditions.Explaining;

namespace RewardsEngine.Conditions.Matching;

/// <summary>How far a value is from what is needed, in millionths of what is needed: orders the rules that failed by the same number of tests.</summary>
internal static class Gaps
{
    /// <summary>Nothing like it: another text, a value that was not given.</summary>
    public const int Whole = 1_000_000;

    /// <summary>The largest gap among failed tests.</summary>
    public static int Of(IReadOnlyList<TestOutcome> failed)
    {
        var gap = -1;
        foreach (var test in failed) gap = Math.Max(gap, Of(test));
        return gap < 0 ? Whole : gap;
    }

    /// <summary>The gap between a number and a range, all in ten-thousandths.</summary>
    public static int Between(long actual, long low, long high, bool isOpen)
    {
        var needed = actual < low ? low - (isOpen ? 1 : 0) : high + (isOpen ? 1 : 0);
        var (distance, size) = (Int128.Abs((Int128)needed - actual), Int128.Max(EncodedFacts.Scale, Int128.Abs(needed)));
        return distance >= size ? Whole : (int)(distance * Whole / size);
    }

    private static int Of(TestOutcome test)
    {
        if (test.Kind is not (TestKind.Compare or TestKind.Between) || !IsMeasured(test.Actual) || test.Needed.Length == 0 || !IsMeasured(test.Needed[0])) return Whole;
        var actual = test.Actual.Number;
        var needed = test.Kind == TestKind.Between && actual > test.Needed[0].Number ? test.Needed[^1] : test.Needed[0];
        if (!IsMeasured(needed)) return Whole;
        var (distance, size) = (Math.Abs(needed.Number - actual), Math.Max(1m, Math.Abs(needed.Number)));
        return distance >= size ? Whole : (int)(distance * Whole / size);
    }

    private static bool IsMeasured(in FactValue value) => value.Type is FactType.Money or FactType.Number;
}
