namespace CrowdGrains.H3.Tests.Oracle;

/// <summary>What the reference says of one cell, and the comparison with what this library says.</summary>
internal sealed record ExpectedCell(CellIndex Cell, CellIndex Parent, LatLng Center, LatLng[] Boundary, CellIndex[] Neighbors)
{
    private const double ToleranceRadians = 1e-11;

    public static ExpectedCell Read(BinaryReader reader)
    {
        var (cell, parent, center) = (reader.ReadCell(), reader.ReadCell(), reader.ReadDegrees());
        var boundary = new LatLng[reader.ReadByte()];
        for (var i = 0; i < boundary.Length; i++)
            boundary[i] = reader.ReadDegrees();
        return new(cell, parent, center, boundary, reader.ReadCells());
    }

    public static ExpectedCell ReadPacked(BinaryReader reader)
    {
        var (cell, parent) = (reader.ReadCell(), reader.ReadCell());
        var boundary = new LatLng[reader.ReadByte()];
        var center = reader.ReadPackedDegrees();
        for (var i = 0; i < boundary.Length; i++)
            boundary[i] = reader.ReadPackedDegrees();
        return new(cell, parent, center, boundary, reader.ReadCells());
    }

    public void AssertEqual()
    {
        if (Cell.Resolution > 0)
            Assert.Equal(Parent, Cell.Parent(Cell.Resolution - 1));
        Assert.Equal(Cell, CellIndex.FromLatLng(Center, Cell.Resolution));
        AssertNear(Center, Cell.Center);

        Span<LatLng> boundary = stackalloc LatLng[CellIndex.MaxBoundaryVertices];
        Assert.Equal(Boundary.Length, Cell.GetBoundary(boundary));
        for (var i = 0; i < Boundary.Length; i++)
            AssertNear(Boundary[i], boundary[i]);

        var neighbors = new CellIndex[6];
        neighbors = neighbors[..Cell.Neighbors(neighbors)];
        Assert.Equal(Neighbors.Order(), neighbors.Order());
        Assert.All(neighbors, neighbor => Assert.True(Cell.IsNeighbor(neighbor)));
    }

    private void AssertNear(LatLng expected, LatLng actual)
    {
        var distance = expected.ToUnitVector().DistanceRadiansTo(actual.ToUnitVector());
        Assert.True(distance <= ToleranceRadians, $"{Cell}: {expected} is {distance} rad from {actual}.");
    }
}
