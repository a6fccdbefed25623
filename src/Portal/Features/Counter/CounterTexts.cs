namespace Portal.Features.Counter;

/// <summary>Marker of the counter's texts.</summary>
public sealed class CounterTexts;
