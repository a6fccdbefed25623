namespace Notifications.Messages;

/// <summary>How long to wait before the next attempt: 5 minutes, growing by 1.3 each time, for 18 attempts (about 31 hours in all).</summary>
public static class Backoff
{
    /// <summary>Attempts before giving up.</summary>
    public const int MaxAttempts = 18;

    private const double Growth = 1.3;
    private const double Spread = 0.2; // ±10 %, so that a relay coming back is not met by everyone at once
    private static readonly TimeSpan First = TimeSpan.FromMinutes(5);

    /// <summary>The wait after a failed attempt.</summary>
    /// <param name="attempts">Attempts made so far, from 1.</param>
    /// <param name="jitter">A number from 0 up to (not including) 1; chance is an input.</param>
    public static TimeSpan After(int attempts, double jitter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        if (jitter is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(jitter), "Jitter lies in [0, 1).");
        var exponent = Math.Min(attempts, MaxAttempts) - 1;
        var factor = Math.Pow(Growth, exponent) * (1 - (Spread / 2) + (Spread * jitter));
        return TimeSpan.FromSeconds(Math.Round(First.TotalSeconds * factor));
    }
}
