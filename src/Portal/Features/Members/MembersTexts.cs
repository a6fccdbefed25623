namespace Portal.Features.Members;

/// <summary>Marker of the texts about members, for staff.</summary>
public sealed class MembersTexts;
