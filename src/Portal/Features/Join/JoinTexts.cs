namespace Portal.Features.Join;

/// <summary>Texts of joining, confirming an address and linking a membership.</summary>
public sealed class JoinTexts;
