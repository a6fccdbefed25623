namespace Portal.Features.Offers;

/// <summary>Texts of the offers page.</summary>
public sealed class OffersTexts;
