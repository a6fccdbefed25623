namespace Portal.Features.Catalogue;

/// <summary>Texts of the catalogue, of redeeming and of vouchers.</summary>
public sealed class CatalogueTexts;
