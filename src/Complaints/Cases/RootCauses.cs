namespace Complaints.Cases;

/// <summary>Root causes that stand for the way a case ended, beside those of the policy's taxonomy. Nobody chooses them.</summary>
public static class RootCauses
{
    /// <summary>The customer withdrew it before a decision.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>The customer answered no question, and the portal ended it after the reminders.</summary>
    public const string NoAnswer = "no-answer";
}
