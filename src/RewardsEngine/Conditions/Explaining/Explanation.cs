using System.Collections.Immutable;
using RewardsEngine.Conditions.Syntax;

namespace RewardsEngine.Conditions.Explaining;

/// <summary>What kind of test an outcome tells about.</summary>
public enum TestKind : byte
{
    /// <summary>A comparison of two values, <see cref="TestOutcome.Operator"/> says how.</summary>
    Compare,

    /// <summary>One of a list.</summary>
    In,

    /// <summary>Between two bounds.</summary>
    Between,

    /// <summary>The beginning of a text.</summary>
    StartsWith,

    /// <summary>The time since a date.</summary>
    Age,

    /// <summary>Day and month are today's.</summary>
    TodayIs,

    /// <summary>A test on the lines; the actual value is how many lines match.</summary>
    Lines,
}

/// <summary>One test of a condition and how it came out.</summary>
/// <param name="Test">The test as it stands in the tree.</param>
/// <param name="Kind">What kind of test.</param>
/// <param name="Negated">Whether it stands under <c>not</c>, so that its opposite is asked.</param>
/// <param name="Satisfied">Whether what is asked is the case.</param>
/// <param name="Subject">The value that is tested; <c>null</c> for tests on lines.</param>
/// <param name="Operator">How it is compared, seen from the subject.</param>
/// <param name="Needed">The values it is compared with: one, the list, or the two bounds.</param>
/// <param name="Actual">What there was. Not given: the value, or one it is compared with, is missing.</param>
public sealed record TestOutcome(
    Expr Test, TestKind Kind, bool Negated, bool Satisfied, Operand? Subject, CompareOperator Operator, ImmutableArray<FactValue> Needed, FactValue Actual)
{
    /// <summary>Whether a value that the test needs was not given.</summary>
    public bool IsNotGiven => !Actual.IsGiven || Needed.Any(n => !n.IsGiven);
}

/// <summary>Why a condition holds or not.</summary>
/// <param name="Satisfied">Whether it holds.</param>
/// <param name="Failed">The tests that stand in its way; empty when it holds. Of alternatives, all.</param>
/// <param name="Passed">The tests that are satisfied and count.</param>
/// <param name="Distance">The least number of tests that must turn for it to hold; 0 when it holds. With 1, changing one thing suffices.</param>
public sealed record Explanation(bool Satisfied, ImmutableArray<TestOutcome> Failed, ImmutableArray<TestOutcome> Passed, int Distance);
