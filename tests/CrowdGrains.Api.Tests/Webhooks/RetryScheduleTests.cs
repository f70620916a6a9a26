using CrowdGrains.Api.Webhooks;

namespace CrowdGrains.Api.Tests.Webhooks;

public sealed class RetryScheduleTests
{
    private static readonly WebhookOptions Options = new();

    [Fact]
    public void PauseAfter_GrowsOverDaysAndEnds()
    {
        TimeSpan?[] pauses = [.. Enumerable.Range(0, 10).Select(retries => RetrySchedule.PauseAfter(retries, null, 0, Options))];

        Assert.Equal(TimeSpan.FromSeconds(5), pauses[0]);
        Assert.Equal(pauses[..9].Order(), pauses[..9]);
        Assert.Equal(TimeSpan.FromHours(24), pauses[8]);
        Assert.Null(pauses[9]);
    }

    [Fact]
    public void PauseAfter_IsLongerByTheJitterAtMost() => Assert.Equal(TimeSpan.FromSeconds(6), RetrySchedule.PauseAfter(0, null, 1, Options));

    [Fact]
    public void PauseAfter_HonoursALongerRetryAfter() =>
        Assert.Equal(TimeSpan.FromMinutes(2), RetrySchedule.PauseAfter(0, TimeSpan.FromMinutes(2), 0, Options));

    [Fact]
    public void PauseAfter_IsNotShortenedByRetryAfter() =>
        Assert.Equal(TimeSpan.FromSeconds(5), RetrySchedule.PauseAfter(0, TimeSpan.FromSeconds(1), 0, Options));

    [Fact]
    public void PauseAfter_IsADayAtMostWhateverRetryAfterSays() =>
        Assert.Equal(TimeSpan.FromDays(1), RetrySchedule.PauseAfter(0, TimeSpan.FromDays(365), 0, Options));
}
