using CrowdGrains.Fuzzer.Chance;

namespace CrowdGrains.Fuzzer.Tests.Chance;

public sealed class DiceTests
{
    [Fact]
    public void Draws_AreNamedBySeedAndStream()
    {
        Assert.Equal(Draws(1, 2), Draws(1, 2));
        Assert.NotEqual(Draws(1, 2), Draws(1, 3));
        Assert.NotEqual(Draws(1, 2), Draws(2, 2));
    }

    /// <summary>Written down: a seed in a test must mean the same for good.</summary>
    [Fact]
    public void Draws_AreTheSameForGood() => Assert.Equal(Draws(42, 0), Draws(42, 0));

    [Fact]
    public void Below_GivesEveryValueAndNoOther()
    {
        Dice dice = new(1, 1);
        int[] counts = new int[5];
        for (int i = 0; i < 5000; i++)
        {
            counts[dice.Below(5)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 800, 1200));
    }

    private static ulong[] Draws(ulong seed, ulong stream)
    {
        Dice dice = new(seed, stream);
        return [dice.Next(), dice.Next(), dice.Next()];
    }
}
