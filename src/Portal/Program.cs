using Portal.Platform;

return await PortalProgram.RunAsync(args);

/// <summary>Named so that tests can start the real program.</summary>
public partial class Program;
