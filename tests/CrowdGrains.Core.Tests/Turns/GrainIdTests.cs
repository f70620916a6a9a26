using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Turns;

public sealed class GrainIdTests
{
    private static readonly CellIndex Home = CellIndex.FromLatLng(Sites.Home, 5);
    private static readonly GrainId Helper = HelperId.From("a");
    private static readonly GrainId Request = RequestId.From("a");
    private static readonly GrainId Cell = Home;

    [Fact]
    public void Equals_TellsKindsApart()
    {
        Assert.NotEqual(Helper, Request);
        Assert.True(Helper != Request);
        Assert.False(Helper == Request);
    }

    [Fact]
    public void Equals_TellsKeysApart()
    {
        Assert.NotEqual(Helper, HelperId.From("b"));
        Assert.NotEqual(Cell, CellIndex.FromLatLng(Sites.Far, 5));
    }

    [Fact]
    public void Equals_TakesTheSameKindAndKeyForTheSame()
    {
        Assert.True(Cell == (GrainId)CellIndex.FromLatLng(Sites.Home, 5));
        Assert.True(Helper.Equals((object)(GrainId)HelperId.From("a")));
        Assert.Equal(Helper.GetHashCode(), ((GrainId)HelperId.From("a")).GetHashCode());
    }

    [Fact]
    public void Equals_TakesNothingElseForAGrain() => Assert.False(Helper.Equals((object)"a"));

    [Fact]
    public void Name_ThrowsForACell() => Assert.Throws<InvalidOperationException>(() => Cell.Name);

    [Fact]
    public void ToString_SaysKindAndKey() =>
        Assert.Equal(("Helper/a", "Request/a", $"Cell/{Home}"), (Helper.ToString(), Request.ToString(), Cell.ToString()));

    [Fact]
    public void New_MakesAStateOfTheKind()
    {
        Assert.Equal(HelperId.From("a"), Assert.IsType<HelperState>(GrainState.New(Helper)).Helper);
        Assert.Equal(RequestId.From("a"), Assert.IsType<RequestState>(GrainState.New(Request)).Request);
        Assert.Equal(Cell, Assert.IsType<CellState>(GrainState.New(Cell)).Id);
    }

    [Fact]
    public void New_ThrowsWhenTheIdNamesNoGrain() => Assert.Throws<ArgumentOutOfRangeException>(() => GrainState.New(default));
}
