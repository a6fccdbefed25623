namespace Portal.Api;

/// <summary>Marker of the API's texts.</summary>
public sealed class ApiTexts;
