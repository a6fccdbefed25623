using RewardsEngine.Activities;
using RewardsEngine.Members;

namespace RewardsEngine.Decisions.Evaluation;

/// <summary>One thing that the customer could change.</summary>
/// <param name="Name">A name of the expression language.</param>
/// <param name="Needed">The value needed.</param>
/// <param name="Missing">How much is missing.</param>
/// <param name="Where">Which lines it is about, as the condition says it.</param>
/// <param name="Ways">What it may come to: a decision must confirm each.</param>
internal sealed record HintChange(string Name, ExplainedValue Needed, ExplainedValue? Missing, string? Where, IReadOnlyList<(MemberSnapshot Member, Purchase Purchase)> Ways);
