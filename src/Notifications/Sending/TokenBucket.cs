namespace Notifications.Sending;

/// <summary>Rate limit: holds up to <paramref name="burst"/> permits and gains <paramref name="perSecond"/> of them every second.</summary>
/// <param name="perSecond">Permits gained per second.</param>
/// <param name="burst">Most permits held.</param>
/// <param name="start">UTC moment at which it is full.</param>
public sealed class TokenBucket(double perSecond, int burst, DateTime start)
{
    private double _permits = burst;
    private DateTime _at = start;

    /// <summary>Takes one permit and says how long to wait before using it.</summary>
    public TimeSpan Take(DateTime now)
    {
        if (now > _at)
        {
            _permits = Math.Min(burst, _permits + ((now - _at).TotalSeconds * perSecond));
            _at = now;
        }
        _permits -= 1;
        return _permits >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_permits / perSecond);
    }
}
