namespace Complaints.Cases;

/// <summary>What makes a decision complete.</summary>
internal static class DecisionRules
{
    public static CaseRefusalCode? Check(Case @case, Decision decision, CaseContext x)
    {
        var raised = @case.Points.Select(p => p.Number).ToHashSet();
        var found = decision.Findings.Select(f => f.Point).ToHashSet();
        if (found.Count != decision.Findings.Count || !found.IsSubsetOf(raised)) return CaseRefusalCode.UnknownPoint;
        if (!raised.IsSubsetOf(found)) return CaseRefusalCode.PointUndecided;
        if (decision.Findings.Any(f => string.IsNullOrWhiteSpace(f.Reasons))) return CaseRefusalCode.ReasonsMissing;
        if (!x.Policy.RootCauses.Contains(decision.RootCause)) return CaseRefusalCode.RootCauseUnknown;
        if (!decision.Remedies.All(IsComplete)) return CaseRefusalCode.RemedyIncomplete;
        var approved = x.By.Kind == ActorKind.Manager || decision.ApprovedBy is { Length: > 0 } approver && approver != x.By.Id;
        return decision.NeedsApproval(x.Policy.AgentPointsLimit) && !approved ? CaseRefusalCode.ApprovalRequired : null;
    }

    private static bool IsComplete(Remedy remedy) => remedy.Kind switch
    {
        RemedyKind.Points => remedy.Points > 0,
        RemedyKind.Voucher => remedy.Voucher is { IsComplete: true },
        RemedyKind.Refund => remedy.Amount > 0 && remedy.Currency is { Length: 3 },
        _ => !string.IsNullOrWhiteSpace(remedy.Text),
    };
}
