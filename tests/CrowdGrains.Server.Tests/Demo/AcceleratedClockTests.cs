using CrowdGrains.Server.Demo;

namespace CrowdGrains.Server.Tests.Demo;

public sealed class AcceleratedClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);

    private readonly ManualTime _real = new();
    private readonly AcceleratedClock _clock;
    private readonly List<(string Timer, TimeSpan At)> _fired = [];

    public AcceleratedClockTests()
    {
        _real.Advance(TimeSpan.FromHours(5)); // It has run for a while.
        _clock = new AcceleratedClock(_real, Start, 60);
    }

    [Fact]
    public void GetUtcNow_RunsSoManyTimesAsFastFromTheStartOn()
    {
        Assert.Equal(Start, _clock.GetUtcNow());
        _real.Advance(TimeSpan.FromSeconds(90));

        Assert.Equal(Start + TimeSpan.FromMinutes(90), _clock.GetUtcNow());
        Assert.Equal(Start + TimeSpan.FromMinutes(90), _clock.Now.ToDateTimeOffset());
    }

    [Fact]
    public void GetElapsedTime_MeasuresAcceleratedTime()
    {
        long before = _clock.GetTimestamp();
        _real.Advance(TimeSpan.FromMilliseconds(250));

        Assert.Equal(TimeSpan.FromSeconds(15), _clock.GetElapsedTime(before));
    }

    [Fact]
    public void GetTimestamp_StaysInStepWithTheTimeForAHundredDays()
    {
        _real.Advance(TimeSpan.FromDays(100));
        long before = _clock.GetTimestamp();
        DateTimeOffset then = _clock.GetUtcNow();
        _real.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(60, _clock.GetElapsedTime(before).TotalMilliseconds, 0.01);
        Assert.Equal(60, (_clock.GetUtcNow() - then).TotalMilliseconds, 0.01);
    }

    [Fact]
    public void CreateTimer_FiresWhenItsAcceleratedTimeHasPassedAndNotBefore()
    {
        using ITimer timer = Arm("a", TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        _real.Advance(TimeSpan.FromMilliseconds(166));
        Assert.Empty(_fired);
        _real.Advance(TimeSpan.FromSeconds(10));

        (string _, TimeSpan at) = Assert.Single(_fired);
        Assert.InRange(at.TotalSeconds, 10, 10.06);
    }

    [Fact]
    public void CreateTimer_FiresInTheOrderOfDueTimes()
    {
        using ITimer late = Arm("late", TimeSpan.FromMinutes(3), Timeout.InfiniteTimeSpan);
        using ITimer early = Arm("early", TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        using ITimer atOnce = Arm("at once", TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        _real.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(["at once", "early", "late"], _fired.Select(fired => fired.Timer));
    }

    [Fact]
    public void CreateTimer_RepeatsWithTheAcceleratedPeriod()
    {
        using ITimer timer = Arm("a", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
        _real.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal([60, 180, 300], _fired.Select(fired => fired.At.TotalSeconds));
    }

    /// <summary>A period of zero would stop the timer, and one below the real clock's steps must not become zero.</summary>
    [Fact]
    public void CreateTimer_RoundsAPeriodBelowAMillisecondUp()
    {
        using ITimer timer = Arm("a", TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));
        _real.Advance(TimeSpan.FromMilliseconds(3));

        Assert.Equal(3, _fired.Count);
    }

    [Fact]
    public void CreateTimer_WaitsForEverWhenAskedTo()
    {
        using ITimer timer = Arm("a", Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _real.Advance(TimeSpan.FromDays(10));

        Assert.Empty(_fired);
    }

    [Fact]
    public void Change_TakesAcceleratedTimes()
    {
        using ITimer timer = Arm("a", TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        timer.Change(TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan);
        _real.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal([300], _fired.Select(fired => fired.At.TotalSeconds));
    }

    [Fact]
    public async Task Delay_OfTheSystemsTakesTheClock()
    {
        Task hour = Task.Delay(TimeSpan.FromHours(1), _clock, TestContext.Current.CancellationToken);
        _real.Advance(TimeSpan.FromSeconds(59));
        Assert.False(hour.IsCompleted);
        _real.Advance(TimeSpan.FromSeconds(1));

        await hour.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(4000)]
    [InlineData(double.NaN)]
    public void Constructor_RefusesSpeedsOutOfRange(double speed)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(speed), () => new AcceleratedClock(_real, Start, speed));
    }

    private ITimer Arm(string name, TimeSpan due, TimeSpan period) =>
        _clock.CreateTimer(_ => _fired.Add((name, _clock.GetUtcNow() - Start)), null, due, period);
}
