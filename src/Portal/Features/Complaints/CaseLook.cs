using Complaints.Cases;
using Portal.Ui;

namespace Portal.Features.Complaints;

/// <summary>How states and priorities are coloured; always beside their words.</summary>
internal static class CaseLook
{
    public static StatusKind Kind(CaseState state) => state switch
    {
        CaseState.WaitingForCustomer or CaseState.DecisionSent => StatusKind.Warn,
        CaseState.Closed or CaseState.RemedyDelivered or CaseState.Accepted => StatusKind.Good,
        _ => StatusKind.Info,
    };

    public static StatusKind Kind(Priority priority) => priority switch
    {
        Priority.Immediate => StatusKind.Bad,
        Priority.High => StatusKind.Warn,
        _ => StatusKind.Info,
    };
}
