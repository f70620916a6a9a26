using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Tests.Turns;

public sealed class InstantTests
{
    private static readonly Instant Early = new(1000);
    private static readonly Instant Late = new(3500);

    [Fact]
    public void Minus_IsTheTimeBetween() => Assert.Equal((TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(-2.5)), (Late - Early, Early - Late));

    [Fact]
    public void PlusAndMinus_MoveByWholeMilliseconds()
    {
        Assert.Equal(Late, Early + TimeSpan.FromSeconds(2.5) + TimeSpan.FromMicroseconds(999));
        Assert.Equal(Early, Late - TimeSpan.FromSeconds(2.5));
    }

    [Fact]
    public void EarlierAndLater_ChooseByTime()
    {
        Assert.Equal((Early, Early), (Instant.Earlier(Early, Late), Instant.Earlier(Late, Early)));
        Assert.Equal((Late, Late), (Instant.Later(Early, Late), Instant.Later(Late, Early)));
    }

    [Fact]
    public void Operators_FollowTime()
    {
        Instant same = new(1000);
        Assert.Equal((true, false, false), (Early < Late, Late < Early, Early < same));
        Assert.Equal((false, true, false), (Early > Late, Late > Early, Early > same));
        Assert.Equal((true, false, true), (Early <= Late, Late <= Early, Early <= same));
        Assert.Equal((false, true, true), (Early >= Late, Late >= Early, Early >= same));
    }

    [Fact]
    public void DateTimeOffset_GoesThereAndBack()
    {
        DateTimeOffset time = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);
        Assert.Equal(time, Instant.FromDateTimeOffset(time).ToDateTimeOffset());
    }

    [Fact]
    public void ToString_IsIso8601() => Assert.Equal(("1970-01-01T00:00:03.500Z", "never"), (Late.ToString(), Instant.Never.ToString()));
}
