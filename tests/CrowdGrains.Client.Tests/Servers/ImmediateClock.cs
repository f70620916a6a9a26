using System.Collections.Concurrent;

namespace CrowdGrains.Client.Tests.Servers;

/// <summary>
/// A clock that jumps: a pause is over as soon as it begins, and is noted. What is as long as the limit or longer is taken for a
/// time-out, which runs out only when the test says so.
/// </summary>
internal sealed class ImmediateClock(TimeSpan limit) : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _pauses = [];
    private readonly ConcurrentDictionary<HeldTimer, bool> _held = [];
    private long _ticks = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).Ticks;

    /// <summary>Every pause so far, in order.</summary>
    public IReadOnlyList<TimeSpan> Pauses => [.. _pauses];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        HeldTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Every time-out runs out.</summary>
    public void RunOut()
    {
        foreach (HeldTimer timer in _held.Keys)
        {
            timer.Fire();
        }
    }

    private sealed class HeldTimer(ImmediateClock clock, Action callback) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime >= clock.LimitOf())
            {
                clock._held[this] = true;
            }
            else if (dueTime >= TimeSpan.Zero)
            {
                clock._pauses.Enqueue(dueTime);
                Interlocked.Add(ref clock._ticks, dueTime.Ticks);
                ThreadPool.QueueUserWorkItem(_ => callback());
            }

            return true;
        }

        public void Fire() => callback();

        public void Dispose() => clock._held.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private TimeSpan LimitOf() => limit;
}
