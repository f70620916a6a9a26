namespace CrowdGrains.H3.Tests.Polygons;

public sealed class PolygonCellsTests
{
    public static TheoryData<string> Kinds => [.. PolygonGolden.Fills.Select(answer => answer.Kind).Distinct()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fill_EqualsH3Js(string kind)
    {
        foreach (var answer in PolygonGolden.Fills.Where(answer => answer.Kind == kind))
        {
            var cells = PolygonCells.ToCells(answer.ToPolygon(), answer.Res);
            Assert.True(answer.Center.IsOf(cells), $"{kind} at {answer.Res}: {cells.Length} cells, not {answer.Center.Count}, or others.");
        }
    }
}
