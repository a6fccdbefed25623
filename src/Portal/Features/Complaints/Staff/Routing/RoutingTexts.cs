namespace Portal.Features.Complaints.Staff.Routing;

/// <summary>Texts of routing rules and teams.</summary>
public sealed class RoutingTexts;
