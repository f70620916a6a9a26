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

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FillFull_EqualsH3Js(string kind)
    {
        foreach (var answer in PolygonGolden.Fills.Where(answer => answer.Kind == kind && answer.Full is not null))
        {
            var cells = PolygonCells.ToCells(answer.ToPolygon(), answer.Res, Containment.Full);
            Assert.True(answer.Full!.IsOf(cells), $"{kind} at {answer.Res}: {cells.Length} cells, not {answer.Full.Count}, or others.");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FillOverlapping_EqualsH3Js(string kind)
    {
        foreach (var answer in PolygonGolden.Fills.Where(answer => answer.Kind == kind && answer.Overlapping is not null))
        {
            var cells = PolygonCells.ToCells(answer.ToPolygon(), answer.Res, Containment.Overlapping);
            Assert.True(
                answer.Overlapping!.IsOf(cells), $"{kind} at {answer.Res}: {cells.Length} cells, not {answer.Overlapping.Count}, or others.");
        }
    }
}
