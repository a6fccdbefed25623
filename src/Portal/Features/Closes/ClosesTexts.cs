namespace Portal.Features.Closes;

/// <summary>Marker of the texts about daily closes.</summary>
public sealed class ClosesTexts;
