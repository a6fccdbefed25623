namespace Complaints.Cases;

/// <summary>Where a case stands.</summary>
public enum CaseState
{
    /// <summary>Received, nothing sent yet.</summary>
    Submitted,
    /// <summary>The customer has been told that it was received.</summary>
    Acknowledged,
    /// <summary>Severity and priority are set.</summary>
    Assessed,
    /// <summary>Somebody works on it.</summary>
    Investigating,
    /// <summary>A question was sent to the customer; the decision clock stands still.</summary>
    WaitingForCustomer,
    /// <summary>Somebody outside was asked; no clock stands still.</summary>
    WaitingForThirdParty,
    /// <summary>The decision is with the customer.</summary>
    DecisionSent,
    /// <summary>The customer accepted the decision.</summary>
    Accepted,
    /// <summary>The customer disputes the decision.</summary>
    Disputed,
    /// <summary>Another person looks at it again.</summary>
    SecondReview,
    /// <summary>The decision after the second review is with the customer.</summary>
    FinalDecisionSent,
    /// <summary>What was promised has been given.</summary>
    RemedyDelivered,
    /// <summary>The customer did not answer after the reminders.</summary>
    NoAnswer,
    /// <summary>Withdrawn by the customer. An end.</summary>
    Withdrawn,
    /// <summary>The same as another case. An end.</summary>
    Duplicate,
    /// <summary>Not ours to decide. An end.</summary>
    OutOfScope,
    /// <summary>Closed; the customer may reopen it for a while.</summary>
    Closed,
    /// <summary>Opened again by the customer; passes on to <see cref="Investigating"/>.</summary>
    Reopened,
}

/// <summary>Questions about states.</summary>
public static class CaseStates
{
    /// <summary>Whether the case is over: nothing moves any more, except a reopening of a closed one.</summary>
    public static bool IsEnded(this CaseState state) => state is CaseState.Closed or CaseState.Withdrawn or CaseState.Duplicate or CaseState.OutOfScope;

    /// <summary>Whether it can still move.</summary>
    public static bool IsOpen(this CaseState state) => !state.IsEnded();
}
