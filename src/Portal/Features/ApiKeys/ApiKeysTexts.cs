namespace Portal.Features.ApiKeys;

/// <summary>Marker of the texts about API keys.</summary>
public sealed class ApiKeysTexts;
