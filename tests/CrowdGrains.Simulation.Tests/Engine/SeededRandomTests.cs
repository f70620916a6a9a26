using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.Tests.Engine;

public sealed class SeededRandomTests
{
    private const int Draws = 100_000;

    /// <summary>The numbers come from a separate implementation of splitmix64 and xoshiro256**: a change here changes every recorded run.</summary>
    [Theory]
    [InlineData(1UL, SeededRandom.Purpose.Demand, 0L, new[] { 0x2a500551f49cdf1dUL, 0x02abcf9ef51ebcfbUL, 0x025a07f16b20251cUL, 0xdd0e3d6883d52b90UL })]
    [InlineData(42UL, SeededRandom.Purpose.Customer, 7L, new[] { 0x45c10935660256d5UL, 0x5daf92dc0f9245d6UL, 0x9f540bb3943bdb7eUL, 0x13ac8732a074117bUL })]
    public void NextUInt64_GivesTheKnownFirstNumbers(ulong seed, SeededRandom.Purpose purpose, long index, ulong[] expected)
    {
        SeededRandom random = new(seed, purpose, index);

        Assert.Equal(expected, expected.Select(_ => random.NextUInt64()));
    }

    [Fact]
    public void Streams_DifferByPurposeIndexAndSeed()
    {
        HashSet<ulong> firsts = [];
        foreach (SeededRandom.Purpose purpose in Enum.GetValues<SeededRandom.Purpose>())
        {
            for (ulong seed = 0; seed < 20; seed++)
            {
                for (long index = -20; index < 20; index++)
                {
                    firsts.Add(new SeededRandom(seed, purpose, index).NextUInt64());
                }
            }
        }

        Assert.Equal(Enum.GetValues<SeededRandom.Purpose>().Length * 20 * 40, firsts.Count);
    }

    [Fact]
    public void Streams_AreNotMovedByDrawsFromOthers()
    {
        SeededRandom first = new(3, SeededRandom.Purpose.Helper, 1);
        SeededRandom alone = new(3, SeededRandom.Purpose.Helper, 2);
        SeededRandom besideAnother = new(3, SeededRandom.Purpose.Helper, 2);
        first.NextGaussian();

        Assert.Equal(alone.NextUInt64(), besideAnother.NextUInt64());
    }

    [Fact]
    public void Streams_OfNeighbouringIndexesAreNotCorrelated()
    {
        double sum = 0;
        for (long index = 0; index < Draws; index++)
        {
            double one = new SeededRandom(1, SeededRandom.Purpose.Customer, index).NextDouble() - 0.5;
            double next = new SeededRandom(1, SeededRandom.Purpose.Customer, index + 1).NextDouble() - 0.5;
            sum += one * next;
        }

        // The product of two independent draws has a standard deviation of 1/12.
        Assert.Equal(0, sum / Draws, 4 / (12 * Math.Sqrt(Draws)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void NextInt_StaysBelowTheBoundAndReachesEveryNumber(int bound)
    {
        SeededRandom random = new(11, SeededRandom.Purpose.Travel);
        int[] counts = new int[bound];
        for (int i = 0; i < Draws; i++)
        {
            counts[random.NextInt(bound)]++;
        }

        double mean = (double)Draws / bound;
        Assert.All(counts, count => Assert.Equal(mean, count, 6 * Math.Sqrt(mean)));
    }

    [Fact]
    public void NextInt_StaysBelowTheLargestBound()
    {
        SeededRandom random = new(11, SeededRandom.Purpose.Travel);

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(random.NextInt(int.MaxValue), 0, int.MaxValue - 1));
    }

    [Fact]
    public void NextInt_ReachesBothEndsOfARange()
    {
        SeededRandom random = new(12, SeededRandom.Purpose.Travel);

        Assert.Equal([-2, -1, 0, 1, 2], Enumerable.Range(0, 500).Select(_ => random.NextInt(-2, 2)).Distinct().Order());
    }

    [Fact]
    public void NextDouble_IsEvenBetweenZeroAndOne()
    {
        SeededRandom random = new(13, SeededRandom.Purpose.Demand);
        double[] draws = [.. Enumerable.Range(0, Draws).Select(_ => random.NextDouble())];

        Assert.All(draws, draw => Assert.InRange(draw, 0, BitConverter.Int64BitsToDouble(0x3FEFFFFFFFFFFFFF)));
        Assert.Equal(0.5, draws.Average(), 0.005);
        Assert.Equal(1.0 / 12, Variance(draws), 0.002);
    }

    [Fact]
    public void NextBool_IsTrueAsOftenAsAsked()
    {
        SeededRandom random = new(14, SeededRandom.Purpose.Demand);

        Assert.Equal(0.3, Enumerable.Range(0, Draws).Count(_ => random.NextBool(0.3)) / (double)Draws, 0.006);
        Assert.DoesNotContain(true, Enumerable.Range(0, 1000).Select(_ => random.NextBool(0)));
        Assert.DoesNotContain(false, Enumerable.Range(0, 1000).Select(_ => random.NextBool(1)));
    }

    [Fact]
    public void NextGaussian_HasTheMomentsOfAStandardNormal()
    {
        SeededRandom random = new(15, SeededRandom.Purpose.Demand);
        double[] draws = [.. Enumerable.Range(0, Draws).Select(_ => random.NextGaussian())];

        Assert.DoesNotContain(draws, draw => !double.IsFinite(draw));
        Assert.Equal(0, draws.Average(), 0.015);
        Assert.Equal(1, Variance(draws), 0.03);
        Assert.Equal(0.6827, draws.Count(draw => Math.Abs(draw) < 1) / (double)Draws, 0.01);
    }

    [Fact]
    public void NextExponential_HasItsMeanAndIsNeverNegative()
    {
        SeededRandom random = new(16, SeededRandom.Purpose.Demand);
        double[] draws = [.. Enumerable.Range(0, Draws).Select(_ => random.NextExponential(4))];

        Assert.DoesNotContain(draws, draw => !(draw >= 0 && double.IsFinite(draw)));
        Assert.Equal(4, draws.Average(), 0.06);
        Assert.Equal(4, Math.Sqrt(Variance(draws)), 0.1);
    }

    [Fact]
    public void NextLogNormal_HasItsMedianAndSpread()
    {
        SeededRandom random = new(17, SeededRandom.Purpose.Demand);
        double[] draws = [.. Enumerable.Range(0, Draws).Select(_ => random.NextLogNormal(60, 0.6))];

        Assert.Equal(0.5, draws.Count(draw => draw < 60) / (double)Draws, 0.008);
        Assert.Equal(0.6, Math.Sqrt(Variance([.. draws.Select(draw => Math.Log(draw))])), 0.01);
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
