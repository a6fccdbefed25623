namespace Portal.Features.Complaints.Staff.Service;

/// <summary>Texts of calendars and targets.</summary>
public sealed class ServiceTexts;
