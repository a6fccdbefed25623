namespace Portal.Identity;

/// <summary>Texts of signing in and everything around it.</summary>
public sealed class IdentityTexts;
