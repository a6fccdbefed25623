namespace Portal.Features.Complaints.Staff;

/// <summary>Texts of the desk: queue, steps on a case, approvals.</summary>
public sealed class DeskTexts;
