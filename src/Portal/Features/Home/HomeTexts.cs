namespace Portal.Features.Home;

/// <summary>Texts of the benefits page, the home page and the membership card.</summary>
public sealed class HomeTexts;
