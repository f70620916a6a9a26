using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.Tests.Engine;

public sealed class TraceHashTests
{
    [Fact]
    public void Value_IsTheKnownDigest()
    {
        TraceHash hash = default;
        hash.Add(1UL);
        Assert.Equal(0x9fb21c651e98df25UL, hash.Value);

        hash.Add(2UL);
        Assert.Equal(0x9dd4b5978d3bd2bcUL, hash.Value);
    }

    [Fact]
    public void Add_DependsOnTheOrder()
    {
        Assert.NotEqual(Digest(1, 2), Digest(2, 1));
    }

    [Fact]
    public void Add_TellsWhereATextEnds()
    {
        TraceHash one = default;
        one.Add("ab");
        one.Add("c");
        TraceHash other = default;
        other.Add("a");
        other.Add("bc");

        Assert.NotEqual(one.Value, other.Value);
    }

    [Fact]
    public void Add_TellsAPositionFromOneAHairAway()
    {
        TraceHash one = default;
        one.Add(40.75);
        TraceHash other = default;
        other.Add(Math.BitIncrement(40.75));

        Assert.NotEqual(one.Value, other.Value);
    }

    [Fact]
    public void ToString_HasSixteenDigits()
    {
        Assert.Equal("0000000000000000", default(TraceHash).ToString());
    }

    private static ulong Digest(params ulong[] values)
    {
        TraceHash hash = default;
        foreach (ulong value in values)
        {
            hash.Add(value);
        }

        return hash.Value;
    }
}
