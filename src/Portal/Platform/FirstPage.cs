namespace Portal.Platform;

/// <summary>Jobs begin a moment after the start, so that the first page does not share the processors with them.</summary>
internal static class FirstPage
{
    public static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    /// <summary>Ends early, without throwing, when the portal stops.</summary>
    public static async Task PassedAsync(CancellationToken stopping) =>
        await Task.Delay(Moment, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
