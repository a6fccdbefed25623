namespace Portal.Features.Administration;

/// <summary>Texts of set-up, staff and their start page.</summary>
public sealed class AdministrationTexts;
