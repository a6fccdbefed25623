namespace Portal.Features.Profile;

/// <summary>Texts of a member's own profile.</summary>
public sealed class ProfileTexts;
