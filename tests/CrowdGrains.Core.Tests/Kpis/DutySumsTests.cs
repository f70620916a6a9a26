using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Kpis;

/// <summary>The clock of the tests starts with a quarter of an hour.</summary>
public sealed class DutySumsTests
{
    private static readonly Instant Start = ManualClock.Start;
    private static readonly Instant Second = Start + TimeSpan.FromMinutes(15);
    private static readonly Instant Third = Start + TimeSpan.FromMinutes(30);
    private static readonly long FirstQuarter = DutySums.QuarterOf(Start);

    [Fact]
    public void Change_CountsFromItsOwnTimeWhenItComesLate()
    {
        DutySums sums = new();
        sums.Change(Tier.Friend, 1, 0, Start);
        sums.AdvanceTo(Start + TimeSpan.FromSeconds(100));
        sums.Change(Tier.Friend, 0, 1, Start + TimeSpan.FromSeconds(40));
        Assert.Equal(0.6, sums.Share(Start + TimeSpan.FromSeconds(100)));
    }

    [Fact]
    public void AdvanceTo_ChangesNothingWhenTheTimeIsCounted()
    {
        DutySums sums = BoundInTheFirstQuarter();
        sums.AdvanceTo(Start);
        Assert.Equal(0.5, sums.Share(Third));
    }

    [Fact]
    public void Share_CountsTheQuartersSinceATime()
    {
        DutySums sums = BoundInTheFirstQuarter();
        Assert.Equal((0.5, 0.0), (sums.Share(Third, since: Start), sums.Share(Third, since: Second)));
    }

    [Fact]
    public void CopySince_KeepsTheQuartersSinceATime() =>
        Assert.Equal([FirstQuarter + 1], BoundInTheFirstQuarter().CopySince(Second).Quarters.Select(quarter => quarter.Key));

    [Fact]
    public void CopySince_CountsOnWithoutTheOriginal()
    {
        DutySums sums = BoundInTheFirstQuarter();
        DutySums copy = sums.CopySince(Second);
        copy.AdvanceTo(Third + TimeSpan.FromMinutes(15));
        Assert.Equal([FirstQuarter + 1, FirstQuarter + 2], copy.Quarters.Select(quarter => quarter.Key));
        Assert.Equal([FirstQuarter, FirstQuarter + 1], sums.Quarters.Select(quarter => quarter.Key));
    }

    [Fact]
    public void ForgetBefore_KeepsTheQuarterOfTheTime()
    {
        DutySums sums = BoundInTheFirstQuarter();
        sums.ForgetBefore(Second);
        Assert.Equal([FirstQuarter + 1], sums.Quarters.Select(quarter => quarter.Key));
    }

    [Fact]
    public void ForgetBefore_LeavesNothingWhenAllIsEarlier()
    {
        DutySums sums = BoundInTheFirstQuarter();
        sums.ForgetBefore(Third);
        Assert.Empty(sums.Quarters);
    }

    [Fact]
    public void Restore_CountsOnFromWhatWasKept()
    {
        DutySums sums = new();
        sums.Restore(Second, Tier.Friend, 1, 0);
        sums.Restore(FirstQuarter, Tier.Friend, new DutySum(900_000, 900_000));
        Assert.Equal(0.5, sums.Share(Third));
    }

    [Theory]
    [InlineData(-1, -1)]
    [InlineData(0, 0)]
    [InlineData(DutySums.QuarterMilliseconds - 1, 0)]
    [InlineData(DutySums.QuarterMilliseconds, 1)]
    public void QuarterOf_RoundsDown(long unixMilliseconds, long quarter) => Assert.Equal(quarter, DutySums.QuarterOf(new Instant(unixMilliseconds)));

    [Fact]
    public void MoveTo_TellsTheDifferenceWhenTheTierIsTheSame()
    {
        DutySums sums = new();
        default(HelperDuty).MoveTo(new HelperDuty(Tier.Friend, 2, IsOnDuty: true, 1), sums, Start);
        new HelperDuty(Tier.Friend, 2, IsOnDuty: true, 1).MoveTo(new HelperDuty(Tier.Friend, 3, IsOnDuty: true, 2), sums, Start);
        Assert.Equal((3, 2), sums.Current(Tier.Friend));
    }

    [Fact]
    public void MoveTo_TakesSeatsAndJobsToAnotherTier()
    {
        DutySums sums = new();
        HelperDuty friend = new(Tier.Friend, 2, IsOnDuty: true, 1);
        default(HelperDuty).MoveTo(friend, sums, Start);
        friend.MoveTo(friend with { Tier = Tier.Technician, Capacity = 3 }, sums, Start);
        Assert.Equal(((0, 0), (3, 1)), (sums.Current(Tier.Friend), sums.Current(Tier.Technician)));
    }

    /// <summary>Counted up to the end of the second quarter.</summary>
    private static DutySums BoundInTheFirstQuarter()
    {
        DutySums sums = new();
        sums.Change(Tier.Friend, 1, 1, Start);
        sums.Change(Tier.Friend, 0, -1, Second);
        sums.AdvanceTo(Third);
        return sums;
    }
}
