namespace Portal.Features.Programs;

/// <summary>Marks the texts of the pages on rules and the programme.</summary>
public sealed class ProgramTexts;
