using CrowdGrains.Core.Matching;
using CrowdGrains.H3;
using CrowdGrains.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace CrowdGrains.Core.Tests.Matching;

/// <summary>Properties over drawn values; a failure names the seed to replay.</summary>
public sealed class MatchingPropertyTests
{
    [Fact]
    public void RankedList_HoldsTheBestOfASort() => Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(),
        Gen.Choose(0, 6).ToArbitrary(),
        (values, limit) =>
        {
            RankedList<Number> list = new();
            list.Reset(limit);
            int kept = values.Count(value => list.Add(new Number(value)));
            Assert.Equal(values.Order().Take(limit), list.ToImmutable().Select(number => number.Value));
            Assert.Equal(Math.Min(limit, values.Length), kept);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void RankedList_BeginsEmptyWhenReset()
    {
        RankedList<Number> list = new();
        list.Reset(3);
        list.Add(new Number(1));
        list.Reset(2);
        Assert.Empty(list.ToImmutable());
    }

    [Fact]
    public void Gathering_CountsEachSlotOnce() => Prop.ForAll(
        Gen.Choose(1, 200).ToArbitrary(),
        ArbMap.Default.ArbFor<int[]>(),
        (total, slots) =>
        {
            Gathering gathering = new(7, total);
            HashSet<int> seen = [];
            foreach (int slot in slots)
            {
                Assert.Equal(slot >= 0 && slot < total && seen.Add(slot), gathering.TryMark(7, slot));
            }

            Assert.Equal(seen.Count, gathering.Answered);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Gathering_IsCompleteWhenAllSlotsAnswered()
    {
        Gathering gathering = new(7, 130);
        for (int slot = 0; slot < 130; slot++)
        {
            Assert.False(gathering.IsComplete);
            Assert.True(gathering.TryMark(7, slot));
        }

        Assert.True(gathering.IsComplete);
    }

    [Fact]
    public void Gathering_RefusesAnAnswerToAnotherQuestion() => Assert.False(new Gathering(7, 3).TryMark(6, 0));

    [Fact]
    public void SearchArea_HoldsEveryPointWithinTheRadius() => Prop.ForAll(
        Places.ToArbitrary(),
        Gen.Choose(0, 3599).ToArbitrary(),
        Gen.Choose(100, 60_000).ToArbitrary(),
        (home, bearing, radius) =>
        {
            int resolution = 5 + (bearing % 3);
            CellIndex cell = CellIndex.FromLatLng(home, resolution);
            CellIndex[] disk = Disks.Beyond(cell, -1, SearchArea.RingsFor(cell, radius), home, radius);
            LatLng point = Walk(home, bearing / 10.0, radius * 0.9999);
            Assert.Contains(CellIndex.FromLatLng(point, resolution), disk);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    [Fact]
    public void SearchArea_KnowsHowFarACellReaches() => Prop.ForAll(
        Places.ToArbitrary(),
        Gen.Choose(0, CellIndex.MaxResolution).ToArbitrary(),
        (place, resolution) =>
        {
            CellIndex cell = CellIndex.FromLatLng(place, resolution);
            UnitVector[] corners = new UnitVector[CellIndex.MaxBoundaryVertices];
            double reach = corners[..cell.GetBoundary(corners)].Max(cell.CenterVector.DistanceMetersTo);
            Assert.InRange(reach, 0, SearchArea.LargestCircumradiusMeters(resolution) * (1 + 1e-9));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    [Fact]
    public void SearchArea_LeavesOutCellsBeyondTheRadius()
    {
        CellIndex home = CellIndex.FromLatLng(Sites.Home, 7);
        Assert.Equal([home], Disks.Beyond(home, -1, 1, home.Center, 500));
        Assert.Equal(7, Disks.Beyond(home, -1, 1, home.Center, 2000).Length);
    }

    /// <summary>Anywhere on the earth, evenly, or near a vertex of the icosahedron, where pentagons are and distances are distorted most.</summary>
    private static Gen<LatLng> Places => Gen.Frequency((3, Anywhere), (1, NearVertices));

    private static Gen<LatLng> NearVertices =>
        from vertex in Gen.Choose(0, H3Grid.PentagonCount - 1)
        from bearing in Gen.Choose(0, 3599)
        from meters in Gen.Choose(0, 100_000)
        select Walk(Pentagons[vertex].Center, bearing / 10.0, meters);

    private static readonly CellIndex[] Pentagons = DrawPentagons();

    private static CellIndex[] DrawPentagons()
    {
        CellIndex[] pentagons = new CellIndex[H3Grid.PentagonCount];
        H3Grid.Pentagons(7, pentagons);
        return pentagons;
    }

    private static Gen<LatLng> Anywhere =>
        from z in Gen.Choose(-999_999, 999_999)
        from lng in Gen.Choose(-1_799_999, 1_799_999)
        select LatLng.FromDegrees(Math.Asin(z / 1e6) * 180 / Math.PI, lng / 1e4);

    /// <summary>The place so many metres along a great circle.</summary>
    private static LatLng Walk(LatLng from, double bearingDegrees, double meters)
    {
        double angle = meters / Earth.RadiusMeters;
        double bearing = bearingDegrees * Math.PI / 180;
        double lat = from.Lat * Math.PI / 180;
        double toLat = Math.Asin((Math.Sin(lat) * Math.Cos(angle)) + (Math.Cos(lat) * Math.Sin(angle) * Math.Cos(bearing)));
        double toLng = (from.Lng * Math.PI / 180) + Math.Atan2(Math.Sin(bearing) * Math.Sin(angle) * Math.Cos(lat), Math.Cos(angle) - (Math.Sin(lat) * Math.Sin(toLat)));
        return LatLng.FromDegrees(toLat * 180 / Math.PI, (((toLng * 180 / Math.PI) + 540) % 360) - 180);
    }

    private readonly record struct Number(int Value) : IComparable<Number>
    {
        public int CompareTo(Number other) => Value.CompareTo(other.Value);
    }
}
