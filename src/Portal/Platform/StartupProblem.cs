namespace Portal.Platform;

/// <summary>A reason not to start that an operator can mend: shown as one sentence, without a stack trace.</summary>
public sealed class StartupProblem(string message, Exception? inner = null) : Exception(message, inner);
