using CrowdGrains.Core.Turns;

namespace CrowdGrains.Server.Demo;

/// <summary>
/// A clock that runs a number of times faster than another: its time, its timestamps and its timers. A timer never fires before its
/// accelerated time, and as late after it as the other clock's timers are, times the speed.
/// </summary>
internal sealed class AcceleratedClock : TimeProvider
{
    private static readonly TimeSpan ShortestRealPeriod = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _real;
    private readonly DateTimeOffset _start;
    private readonly long _origin;

    /// <param name="start">What the clock shows now.</param>
    /// <param name="speed">Accelerated seconds in a real one, 1 to 3600.</param>
    /// <exception cref="ArgumentOutOfRangeException">The speed is out of range.</exception>
    public AcceleratedClock(TimeProvider real, DateTimeOffset start, double speed)
    {
        if (!(speed is >= 1 and <= 3600))
        {
            throw new ArgumentOutOfRangeException(nameof(speed), speed, "must be 1 to 3600");
        }

        _real = real;
        _start = start;
        _origin = real.GetTimestamp();
        Speed = speed;
    }

    public double Speed { get; }

    public Instant Now => Instant.FromDateTimeOffset(GetUtcNow());

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => _real.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _start + (_real.GetElapsedTime(_origin) * Speed);

    // A double's 53 bits hold a hundred days of nanoseconds; what it rounds keeps its order.
    public override long GetTimestamp() => (long)((_real.GetTimestamp() - _origin) * Speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new AcceleratedTimer(_real.CreateTimer(callback, state, ToReal(dueTime), ToReal(period)), this);

    /// <summary>How long the real clock takes; rounded up to what its timers can tell apart.</summary>
    public TimeSpan ToReal(TimeSpan accelerated)
    {
        if (accelerated == Timeout.InfiniteTimeSpan || accelerated == TimeSpan.Zero)
        {
            return accelerated;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(accelerated, TimeSpan.Zero);
        double steps = Math.Ceiling(accelerated / Speed / ShortestRealPeriod);
        return steps * ShortestRealPeriod;
    }

    private sealed class AcceleratedTimer(ITimer real, AcceleratedClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => real.Change(clock.ToReal(dueTime), clock.ToReal(period));

        public void Dispose() => real.Dispose();

        public ValueTask DisposeAsync() => real.DisposeAsync();
    }
}
