namespace Portal.Data;

/// <summary>Whether the schema stands. Only what the start renders in advance ever waits here; requests and commands begin later.</summary>
internal sealed class DatabaseReadiness
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Reach() => reached.TrySetResult();

    public void Wait() => reached.Task.GetAwaiter().GetResult();
}
