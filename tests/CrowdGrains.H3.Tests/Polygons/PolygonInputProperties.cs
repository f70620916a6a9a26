using FsCheck;
using FsCheck.Fluent;

namespace CrowdGrains.H3.Tests.Polygons;

/// <summary>Whatever the corners are, there is a polygon with cells, or one of the documented exceptions.</summary>
public sealed class PolygonInputProperties
{
    private static readonly double[] Telling =
        [0, -0.0, 90, -90, 180, -180, 89.9999999999, -179.9999999999, 1e-300, double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, 90.0000001, 360, 1e16];

    private static readonly Gen<(double, double)[]> Loop = Gen.ArrayOf(
        from lat in Gen.OneOf(Gen.Elements(Telling), Gen.Choose(-90_000, 90_000).Select(value => value / 1000.0))
        from lng in Gen.OneOf(Gen.Elements(Telling), Gen.Choose(-180_000, 180_000).Select(value => value / 1000.0))
        select (lat, lng));

    /// <summary>Few corners, and so often a polygon: lines, points, needles, boxes over a pole, loops that cross themselves.</summary>
    private static readonly Gen<(double, double)[]> Odd =
        from corners in Gen.ArrayOf(
            from lat in Gen.Elements(-90.0, -45.5, 0.0, 1e-9, 45.5, 89.999999999, 90.0)
            from lng in Gen.Elements(-180.0, -179.999999999, -1e-9, 0.0, 60.0, 120.0, 179.999999999, 180.0)
            select (lat, lng))
        select corners;

    [Fact]
    public void FromDegrees_OfAnyCornersGivesAPolygonOrAPolygonException() =>
        PolygonGen.Check(Arb.From(Gen.OneOf(Loop, Odd)), loop => TryMake(loop, [], out _));

    [Fact]
    public void ToCells_OfAnyPolygonGivesItsCells() => PolygonGen.Check(
        Arb.From(from outer in Odd from hole in Odd from resolution in Gen.Choose(0, 3) from containment in Gen.Choose(0, 2) select (outer, hole, resolution, containment)),
        input =>
        {
            if (!TryMake(input.outer, [input.hole], out var polygon) || polygon is null)
                return true;
            var cells = PolygonCells.ToCells(polygon, input.resolution, (Containment)input.containment);
            return cells.All(cell => CellIndex.IsValid(cell.Value) && cell.Resolution == input.resolution)
                && cells.Length <= PolygonCells.MaxPolygonToCellsSize(polygon, input.resolution, (Containment)input.containment);
        });

    [Fact]
    public void CellsToMultiPolygon_OfAnyValuesGivesPolygonsOrAnH3Exception() => PolygonGen.Check(
        Arb.From(Gen.ArrayOf(
            from lat in Gen.Choose(-90, 90)
            from lng in Gen.Choose(-180, 180)
            from resolution in Gen.Choose(0, 2)
            select CellIndex.FromLatLng(LatLng.FromDegrees(lat, lng), resolution))),
        cells =>
        {
            try
            {
                return CellOutlines.CellsToMultiPolygon(cells).Length > 0 || cells.Length == 0;
            }
            catch (H3Exception refusal)
            {
                return refusal.Error is H3Error.CellInvalid or H3Error.ResolutionMismatch or H3Error.DuplicateInput;
            }
        });

    /// <summary>False for what is not documented.</summary>
    private static bool TryMake((double, double)[] outer, (double, double)[][] holes, out GeoPolygon? polygon)
    {
        polygon = null;
        try
        {
            polygon = GeoPolygon.FromDegrees(outer, holes);
            return polygon.Outer.Vertices.Length >= 3;
        }
        catch (PolygonException refusal)
        {
            return refusal.Error is PolygonError.TooFewVertices or PolygonError.VertexOutOfRange;
        }
    }
}
