namespace Portal.Features.Complaints.Staff.Reports;

/// <summary>Texts of the reports.</summary>
public sealed class ReportTexts;
