namespace CrowdGrains.H3.Tests.Polygons;

public sealed class GeoPolygonTests
{
    private static readonly (double Lat, double Lng)[] Triangle = [(0, 0), (0, 10), (10, 0)];
    private static readonly LatLng[] Corners = [.. Triangle.Select(corner => LatLng.FromDegrees(corner.Lat, corner.Lng))];

    [Fact]
    public void FromDegrees_DropsARepeatedClosingVertex()
    {
        var polygon = GeoPolygon.FromDegrees([(0, 0), (0, 10), (10, 0), (0, 0)], [(1, 1), (1, 2), (2, 1), (1, 1)]);
        Assert.Equal(3, polygon.Outer.Vertices.Length);
        Assert.Equal(3, polygon.Holes[0].Vertices.Length);
    }

    [Fact]
    public void FromVertices_CopiesTheVertices()
    {
        LatLng[] vertices = [LatLng.FromDegrees(0, 0), LatLng.FromDegrees(0, 1), LatLng.FromDegrees(1, 0)];
        var polygon = GeoPolygon.FromVertices(vertices);
        vertices[0] = LatLng.FromDegrees(50, 50);
        Assert.Equal(default, polygon.Outer.Vertices[0]);
    }

    [Fact]
    public void FromDegrees_NamesTheLoopWithTooFewVertices()
    {
        AssertRefused(PolygonError.TooFewVertices, 0, -1, () => GeoPolygon.FromDegrees([]));
        AssertRefused(PolygonError.TooFewVertices, 0, -1, () => GeoPolygon.FromDegrees([(0, 0), (0, 1), (0, 0)]));
        AssertRefused(PolygonError.TooFewVertices, 2, -1, () => GeoPolygon.FromDegrees(Triangle, Triangle, [(0, 0), (0, 1)]));
        AssertRefused(PolygonError.TooFewVertices, 1, -1, () => GeoPolygon.FromVertices(Corners, Corners[..2]));
    }

    [Theory]
    [InlineData(90.5, 0)]
    [InlineData(0, -180.5)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.PositiveInfinity)]
    public void FromDegrees_NamesTheVertexOutOfRange(double lat, double lng)
    {
        AssertRefused(PolygonError.VertexOutOfRange, 0, 3, () => GeoPolygon.FromDegrees([(0, 0), (0, 1), (1, 1), (lat, lng)]));
        AssertRefused(PolygonError.VertexOutOfRange, 1, 0, () => GeoPolygon.FromDegrees(Triangle, [(lat, lng), (0, 1), (1, 1)]));
    }

    [Fact]
    public void FromVertices_RefusesTooManyVertices()
    {
        var most = Enumerable.Range(0, GeoPolygon.MaxVertices).Select(i => LatLng.FromDegrees(i % 90, 0)).ToArray();
        Assert.Equal(GeoPolygon.MaxVertices, GeoPolygon.FromVertices(most).Outer.Vertices.Length);
        AssertRefused(PolygonError.TooManyVertices, 1, -1, () => GeoPolygon.FromVertices(most, most[..3]));
    }

    [Fact]
    public void FromDegrees_RefusesTooManyHoles()
    {
        var holes = Enumerable.Repeat(Triangle, GeoPolygon.MaxHoles + 1).ToArray();
        AssertRefused(PolygonError.TooManyHoles, GeoPolygon.MaxHoles + 1, -1, () => GeoPolygon.FromDegrees(Triangle, holes));
    }

    [Fact]
    public void CrossesAntimeridian_TellsEdgesOfMoreThanHalfATurn()
    {
        Assert.True(GeoPolygon.FromDegrees([(0, 179), (0, -179), (1, 180)]).Outer.CrossesAntimeridian);
        Assert.False(GeoPolygon.FromDegrees([(0, 90), (0, -90), (1, 0)]).Outer.CrossesAntimeridian);
    }

    private static void AssertRefused(PolygonError error, int loop, int vertex, Func<GeoPolygon> make)
    {
        var refusal = Assert.Throws<PolygonException>(make);
        Assert.Equal((error, loop, vertex), (refusal.Error, refusal.Loop, refusal.Vertex));
    }
}
