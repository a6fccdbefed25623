using Complaints.Cases;

namespace Complaints.Views;

/// <summary>Whether a step is behind, here or ahead.</summary>
public enum StepTime
{
    /// <summary>Done.</summary>
    Past,
    /// <summary>Where the case stands.</summary>
    Present,
    /// <summary>Still to come.</summary>
    Future,
}

/// <summary>One step on the customer's timeline.</summary>
/// <param name="State">The state it stands for.</param>
/// <param name="Time">Behind, here or ahead.</param>
/// <param name="At">When it was reached; for a step ahead by when, if that is known.</param>
public sealed record TimelineStep(CaseState State, StepTime Time, DateTime? At);

/// <summary>The customer's timeline: every state the case went through, where it stands, and what usually follows.</summary>
public static class CaseTimeline
{
    /// <summary>The steps in order.</summary>
    public static IReadOnlyList<TimelineStep> Of(Case @case, CaseSummary summary)
    {
        var steps = new List<TimelineStep>();
        var seen = Case.Replay(@case.Id, [@case.History[0]]);
        steps.Add(new(seen.State, StepTime.Past, seen.Submission.At));
        foreach (var happened in @case.History.Skip(1))
        {
            var before = seen.State;
            seen = CaseFold.Next(seen, happened);
            if (seen.State != before) steps.Add(new(seen.State, StepTime.Past, happened.At));
        }
        steps[^1] = steps[^1] with { Time = StepTime.Present };
        steps.AddRange(Ahead(@case, summary));
        return steps;
    }

    private static IEnumerable<TimelineStep> Ahead(Case @case, CaseSummary summary)
    {
        CaseState[] states = @case.State switch
        {
            CaseState.Submitted => [CaseState.Acknowledged, CaseState.Investigating, CaseState.DecisionSent, CaseState.Closed],
            CaseState.Acknowledged or CaseState.Assessed => [CaseState.Investigating, CaseState.DecisionSent, CaseState.Closed],
            CaseState.Investigating or CaseState.WaitingForCustomer or CaseState.WaitingForThirdParty or CaseState.Reopened => [CaseState.DecisionSent, CaseState.Closed],
            CaseState.Disputed => [CaseState.SecondReview, CaseState.FinalDecisionSent, CaseState.Closed],
            CaseState.SecondReview => [CaseState.FinalDecisionSent, CaseState.Closed],
            CaseState.DecisionSent => [CaseState.Closed],
            CaseState.Accepted or CaseState.FinalDecisionSent when @case.Decision is { HasRemedy: true } => [CaseState.RemedyDelivered, CaseState.Closed],
            CaseState.Accepted or CaseState.FinalDecisionSent or CaseState.RemedyDelivered or CaseState.NoAnswer => [CaseState.Closed],
            _ => [],
        };
        return states.Select(s => new TimelineStep(s, StepTime.Future, Awaited(s, summary.NextStep) ? summary.Date : null));
    }

    private static bool Awaited(CaseState state, NextStep step) => (state, step) switch
    {
        (CaseState.Acknowledged, NextStep.Acknowledgement) or (CaseState.DecisionSent, NextStep.Decision) or (CaseState.FinalDecisionSent, NextStep.FinalDecision) => true,
        _ => false,
    };
}
