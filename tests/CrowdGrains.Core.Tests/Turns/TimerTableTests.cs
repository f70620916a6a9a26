using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Tests.Turns;

public sealed class TimerTableTests
{
    [Fact]
    public void Set_KeepsEachTimerOnce()
    {
        TimerTable timers = new();
        timers.Set(TimerKey.CellSweep, new Instant(1));
        timers.Set(TimerKey.HelperMatch, new Instant(2));
        timers.Set(TimerKey.CellSweep, new Instant(3));
        Assert.Equal(2, timers.Count);
        Assert.True(timers.Clear(TimerKey.CellSweep));
        Assert.False(timers.Clear(TimerKey.CellSweep));
        Assert.Equal((TimerKey.HelperMatch, new Instant(2)), timers[0]);
    }

    [Fact]
    public void Earliest_IsNullWhenNoneIsArmed()
    {
        TimerTable timers = new();
        Assert.Null(timers.Earliest);
        timers.Set(TimerKey.CellSweep, new Instant(1));
        timers.Clear(TimerKey.CellSweep);
        Assert.Null(timers.Earliest);
    }

    [Fact]
    public void Earliest_FollowsWhatIsSetAndCleared()
    {
        TimerTable timers = new();
        timers.Set(TimerKey.CellSweep, new Instant(5));
        timers.Set(TimerKey.HelperMatch, new Instant(3));
        timers.Set(TimerKey.HelperVerdict, new Instant(4));
        Assert.Equal(new Instant(3), timers.Earliest);
        timers.Set(TimerKey.HelperMatch, new Instant(9));
        Assert.Equal(new Instant(4), timers.Earliest);
        timers.Clear(TimerKey.HelperVerdict);
        Assert.Equal(new Instant(5), timers.Earliest);
    }
}
