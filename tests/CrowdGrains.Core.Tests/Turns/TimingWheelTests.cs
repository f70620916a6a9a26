using CrowdGrains.Core.Turns;
using FsCheck;
using FsCheck.Fluent;

namespace CrowdGrains.Core.Tests.Turns;

public sealed class TimingWheelTests
{
    private const long Start = 1_398_816_000_000;
    private const long Year = 1L << 35;

    [Fact]
    public void TryTake_GivesItemsByTimeAndThoseOfOneMillisecondInTheOrderTheyWentIn()
    {
        TimingWheel<int> wheel = Filled((30, 1), (10, 2), (30, 3), (10, 4));

        Assert.Equal([(10, 2), (10, 4), (30, 1), (30, 3)], TakeAll(wheel, Start + 30));
    }

    [Fact]
    public void TryTake_KeepsWhatIsDueLater()
    {
        TimingWheel<int> wheel = Filled((10, 1), (11, 2));

        Assert.Equal([(10, 1)], TakeAll(wheel, Start + 10));
        Assert.Equal(1, wheel.Count);
        Assert.Equal([(11, 2)], TakeAll(wheel, Start + 11));
    }

    [Fact]
    public void TryTake_TurnsToTheTimeAskedFor()
    {
        TimingWheel<int> wheel = Filled((100, 1));

        Assert.False(wheel.TryTake(Start + 50, out _, out _));
        Assert.Equal(Start + 50, wheel.Now);
    }

    [Fact]
    public void TryTake_DoesNotTurnBack()
    {
        TimingWheel<int> wheel = Filled((100, 1));
        wheel.TryTake(Start + 50, out _, out _);

        Assert.False(wheel.TryTake(Start, out _, out _));
        Assert.Equal(Start + 50, wheel.Now);
    }

    [Fact]
    public void Add_OfSomethingPastComesOutNext()
    {
        TimingWheel<int> wheel = Filled((100, 1), (101, 2));
        wheel.TryTake(Start + 100, out _, out _);
        wheel.Add(Start + 3, 3);
        wheel.Add(long.MinValue / 2, 4);

        Assert.Equal([(100, 3), (100, 4), (101, 2)], TakeAll(wheel, Start + 1000));
    }

    /// <summary>Around every border between slots and levels, seen from a start at such a border and from one beside it.</summary>
    [Theory]
    [InlineData(0L)]
    [InlineData(1L)]
    [InlineData((1L << 12) - 1)]
    [InlineData((1L << 24) - 1)]
    [InlineData((1L << 24) + (1L << 12))]
    [InlineData(-5L)]
    [InlineData(Start)]
    public void TryTake_BringsDownWhatIsFarAhead(long start)
    {
        TimingWheel<int> wheel = new(start);
        long[] aheads = [1L << 25, (1L << 24) + 1, 1L << 24, (1L << 24) - 1, (1L << 12) + 1, 1L << 12, (1L << 12) - 1, 1, 0, 3L << 24];
        for (int i = 0; i < aheads.Length; i++)
        {
            wheel.Add(start + aheads[i], i);
            wheel.Add(start + aheads[i], 100 + i);
        }

        List<(long, int)> expected = [.. aheads.Select((ahead, i) => (ahead, i)).OrderBy(entry => entry.ahead).SelectMany(entry => new[] { entry, (entry.ahead, entry.i + 100) })];
        Assert.Equal(expected, TakeAll(wheel, start + (4L << 24), start));
    }

    [Fact]
    public void Add_TakesWhatIsDueInAYearAndNoMore()
    {
        TimingWheel<int> wheel = new(Start);
        wheel.Add(Start + Year, 1);

        Assert.Throws<ArgumentOutOfRangeException>(() => wheel.Add(Start + Year + 1, 2));
        Assert.Equal(1, wheel.Count);
    }

    [Fact]
    public void Add_GrowsAndReusesWhatWasTaken()
    {
        TimingWheel<int> wheel = new(Start);
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 5000; i++)
            {
                wheel.Add(wheel.Now + 1 + (i % 7), i);
            }

            Assert.Equal(5000, TakeAll(wheel, wheel.Now + 10).Count);
        }

        Assert.Equal(0, wheel.Count);
    }

    [Fact]
    public void AddAndTake_InAnyMixtureGiveTheOrderOfAStableSortedList()
    {
        Gen<Step> step = Gen.Frequency(
            (6, Gen.OneOf(Gen.Choose(-50, 50), Gen.Choose(0, 10_000), Gen.Choose(0, 40_000_000)).Select(ahead => new Step(true, ahead))),
            (2, Gen.Choose(0, 30).Select(count => new Step(false, count))),
            (1, Gen.Constant(new Step(false, int.MaxValue))));
        Prop.ForAll(step.ListOf().ToArbitrary(), steps => Assert.True(BehavesAsSortedList(steps)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    /// <summary>Runs the steps against the wheel and a list; with <see cref="int.MaxValue"/> everything within ten seconds is taken.</summary>
    private static bool BehavesAsSortedList(IReadOnlyList<Step> steps)
    {
        TimingWheel<int> wheel = new(Start);
        List<(long Due, int Item)> list = [];
        int next = 0;
        foreach (Step step in steps)
        {
            if (step.IsAdd)
            {
                wheel.Add(wheel.Now + step.Number, next);
                list.Add((Math.Max(wheel.Now, wheel.Now + step.Number), next++));
                continue;
            }

            bool takesAll = step.Number == int.MaxValue;
            long until = wheel.Now + (takesAll ? 10_000 : 60_000_000);
            for (int left = step.Number; left > 0; left--)
            {
                (long Due, int Item)[] expected = [.. list.Where(entry => entry.Due <= until).OrderBy(entry => entry.Due).Take(1)];
                if (expected.Length == 0)
                {
                    if (takesAll && (wheel.TryTake(until, out _, out _) || wheel.Now != until))
                    {
                        return false;
                    }

                    break;
                }

                if (!wheel.TryTake(until, out long due, out int item) || (due, item) != expected[0] || wheel.Now != due)
                {
                    return false;
                }

                list.Remove(expected[0]);
            }

            if (wheel.Count != list.Count)
            {
                return false;
            }
        }

        return list.OrderBy(entry => entry.Due).SequenceEqual(TakeAll(wheel, wheel.Now + 60_000_000, 0));
    }

    private static TimingWheel<int> Filled(params (long Ahead, int Item)[] items)
    {
        TimingWheel<int> wheel = new(Start);
        foreach ((long ahead, int item) in items)
        {
            wheel.Add(Start + ahead, item);
        }

        return wheel;
    }

    private static List<(long Due, int Item)> TakeAll(TimingWheel<int> wheel, long until, long origin = Start)
    {
        List<(long, int)> taken = [];
        while (wheel.TryTake(until, out long due, out int item))
        {
            taken.Add((due - origin, item));
        }

        return taken;
    }

    private sealed record Step(bool IsAdd, int Number);
}
