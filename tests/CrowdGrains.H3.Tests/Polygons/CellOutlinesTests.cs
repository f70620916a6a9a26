namespace CrowdGrains.H3.Tests.Polygons;

public sealed class CellOutlinesTests
{
    public static TheoryData<string> Kinds => [.. PolygonGolden.Outlines.Select(answer => answer.Kind).Distinct()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void CellsToMultiPolygon_EqualsH3Js(string kind)
    {
        foreach (var answer in PolygonGolden.Outlines.Where(answer => answer.Kind == kind))
        {
            // The golden vertices are rounded to 7 decimals, and to 10 beyond resolution 9.
            var tolerance = answer.Res <= 9 ? 1e-7 : 1e-10;
            var polygons = CellOutlines.CellsToMultiPolygon(answer.ToCells());
            Assert.True(LoopMatch.AreSame(polygons, answer.Polygons, tolerance), $"{kind} of {answer.Cells[0]} at {answer.Res}");
        }
    }
}
