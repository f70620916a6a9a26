namespace CrowdGrains.H3.Tests.Traversal;

public class AllocationTests
{
    private static readonly LatLng Place = LatLng.FromDegrees(40.75, -73.98);

    [Fact]
    public void HotCalls_AllocateNothing()
    {
        var (disk, vertices) = (new CellIndex[CellIndex.GridDiskSize(5)], new LatLng[CellIndex.MaxBoundaryVertices]);
        var text = new char[CellIndex.MaxTextLength];
        RunAll(disk, vertices, text); // static tables come into being

        // The least of several batches: a collection that another test brings about throws away the rest of this thread's allocation
        // buffer, and the runtime counts that rest as allocated.
        var least = long.MaxValue;
        for (var batch = 0; batch < 10; batch++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
                RunAll(disk, vertices, text);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static void RunAll(CellIndex[] disk, LatLng[] vertices, char[] text)
    {
        var cell = CellIndex.FromLatLng(Place, 9);
        cell = CellIndex.FromUnitVector(Place.ToUnitVector(), 9);
        cell.GridDisk(5, disk);
        cell.GridRing(5, disk);
        cell.Neighbors(disk);
        cell.IsNeighbor(disk[0]);
        cell.TryGridDistance(disk[0], out _);
        cell.TryGridPath(disk[0], disk, out _);
        cell.GetBoundary(vertices);
        _ = cell.Center.DistanceMetersTo(Place) + cell.CenterVector.DistanceMetersTo(Place.ToUnitVector()) + cell.AreaSquareKilometers;
        cell.TryFormat(text, out _);
        foreach (var child in cell.Children(11))
            _ = child.Parent(9);
        var size = cell.Children(11, disk);
        CellIndex.Compact(disk.AsSpan(0, size), disk);

        // By flood: at a pentagon, up to the size that fits the stack.
        H3Grid.Pentagons(9, disk);
        disk[3].GridDisk(5, disk);
    }
}
