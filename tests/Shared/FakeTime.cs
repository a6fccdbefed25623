namespace Tests.Shared;

/// <summary>A clock that stands still until a test moves it. Timers stay real.</summary>
public sealed class FakeTime(DateTime utcNow) : TimeProvider
{
    private long _ticks = utcNow.Ticks;

    public FakeTime() : this(new(2026, 9, 17, 3, 0, 0, DateTimeKind.Utc)) // 10.00 WIB on a Thursday
    {
    }

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public void SetTo(DateTime utc) => Interlocked.Exchange(ref _ticks, utc.Ticks);
}
