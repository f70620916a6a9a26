using FsCheck;
using FsCheck.Fluent;

namespace CrowdGrains.H3.Tests.Cells;

/// <summary>What holds for every cell, tried on cells from all over the earth and from around pentagons.</summary>
public class CellProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    private static readonly Arbitrary<CellIndex> AnyCell = Arb.From(Gen.OneOf(
        from lat in Gen.Choose(-90_000_000, 90_000_000)
        from lng in Gen.Choose(-180_000_000, 180_000_000)
        from resolution in Gen.Choose(0, 15)
        select CellIndex.FromLatLng(LatLng.FromDegrees(lat / 1e6, lng / 1e6), resolution),
        from resolution in Gen.Choose(0, 15)
        from number in Gen.Choose(0, 11)
        from position in Gen.Choose(0, 30)
        select AroundPentagon(resolution, number, position)));

    [Fact]
    public void Center_IsInTheCell() => ForEach(cell => CellIndex.FromLatLng(cell.Center, cell.Resolution) == cell);

    [Fact]
    public void Index_IsValidAndSurvivesText() => ForEach(cell =>
        CellIndex.IsValid(cell.Value) && CellIndex.Parse(cell.ToString()) == cell && CellIndex.FromValue(cell.Value) == cell);

    [Fact]
    public void Center_IsInTheCenterChild() => ForEach(cell =>
        cell.Resolution == 15 || CellIndex.FromLatLng(cell.Center, cell.Resolution + 1) == cell.CenterChild(cell.Resolution + 1));

    [Fact]
    public void Parent_OfEachChildIsTheCell() => ForEach(cell =>
        cell.Resolution >= 14 || cell.Children(cell.Resolution + 2).All(child => child.Parent(cell.Resolution) == cell));

    [Fact]
    public void ChildPosition_IsTheOrderOfTheChildren() => ForEach(cell =>
    {
        var resolution = Math.Min(cell.Resolution + 3, 15);
        return cell.Children(resolution).Select((child, position) =>
            child.ChildPosition(cell.Resolution) == position && cell.ChildAt(resolution, position) == child).All(same => same);
    });

    [Fact]
    public void Neighbors_AreMutual() => ForEach(cell =>
    {
        var neighbors = new CellIndex[6];
        neighbors = neighbors[..cell.Neighbors(neighbors)];
        return neighbors.Length == (cell.IsPentagon ? 5 : 6)
            && neighbors.All(neighbor => neighbor.IsNeighbor(cell) && cell.IsNeighbor(neighbor));
    });

    [Fact]
    public void Disk_IsSymmetric() => ForEach(cell =>
    {
        var disk = Disk(cell, 3);
        return disk.All(other => Disk(other, 3).Contains(cell));
    });

    [Fact]
    public void Rings_MakeTheDiskNearestFirst() => ForEach(cell =>
    {
        var rings = new List<CellIndex>();
        for (var k = 0; k <= 4; k++)
        {
            var ring = new CellIndex[CellIndex.GridRingSize(k)];
            rings.AddRange(ring[..cell.GridRing(k, ring)].Order());
            if (!Disk(cell, 4).Take(rings.Count).Order().SequenceEqual(rings.Order()))
                return false;
        }

        return rings.Count == rings.Distinct().Count();
    });

    [Fact]
    public void Area_IsNearTheAverage() => ForEach(cell =>
        cell.AreaSquareKilometers / CellIndex.AverageHexagonAreaSquareKilometers(cell.Resolution) is > 0.5 and < 1.4);

    private static CellIndex[] Disk(CellIndex cell, int k)
    {
        var disk = new CellIndex[CellIndex.GridDiskSize(k)];
        return disk[..cell.GridDisk(k, disk)];
    }

    private static CellIndex AroundPentagon(int resolution, int number, int position)
    {
        var pentagons = new CellIndex[H3Grid.PentagonCount];
        H3Grid.Pentagons(resolution, pentagons);
        return Disk(pentagons[number], 3)[position];
    }

    private static void ForEach(Func<CellIndex, bool> property) => Prop.ForAll(AnyCell, property).Check(Thorough);
}
