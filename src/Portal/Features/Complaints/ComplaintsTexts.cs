namespace Portal.Features.Complaints;

/// <summary>Texts of the complaints pages and of the mails about a case, customers' and staff's.</summary>
public sealed class ComplaintsTexts;
