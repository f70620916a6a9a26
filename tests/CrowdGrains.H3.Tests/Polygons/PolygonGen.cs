using FsCheck;
using FsCheck.Fluent;

namespace CrowdGrains.H3.Tests.Polygons;

/// <summary>Generators for polygons and sets of cells, and how their properties are run: from a fixed seed.</summary>
internal static class PolygonGen
{
    /// <summary>A disk somewhere between the polar circles, over the antimeridian for one in three.</summary>
    public static Arbitrary<CellIndex[]> Disks { get; } = Arb.From(
        from lat in Gen.Choose(-66_000, 66_000)
        from lng in Gen.OneOf(Gen.Choose(-180_000, 180_000), Gen.Choose(179_900, 180_000), Gen.Choose(-180_000, -179_900))
        from resolution in Gen.Choose(3, 13)
        from k in Gen.Choose(0, 6)
        select Disk(lat / 1000.0, lng / 1000.0, resolution, k));

    /// <summary>A part of such a disk, seldom in one piece and often with holes.</summary>
    public static Arbitrary<CellIndex[]> Subsets { get; } = Arb.From(
        from disk in Disks.Generator
        from percent in Gen.Choose(20, 90)
        from draws in Gen.ArrayOf(Gen.Choose(0, 99), disk.Length)
        select disk.Where((_, i) => i == 0 || draws[i] < percent).ToArray());

    /// <summary>A triangle cut into three at a point within: the corners, and the point.</summary>
    public static Arbitrary<LatLng[]> CutTriangles { get; } = Arb.From(
        from lat in Gen.Choose(-60_000, 60_000)
        from lng in Gen.Choose(-170_000, 170_000)
        from turn in Gen.Choose(0, 359)
        from milliDegrees in Gen.Choose(10, 5000)
        from off in Gen.Choose(-40, 40)
        select CutTriangle(lat / 1000.0, lng / 1000.0, turn * Math.PI / 180, milliDegrees / 1000.0, off / 100.0));

    public static void Check<T>(Arbitrary<T> values, Func<T, bool> holds) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20260101, 7), Prop.ForAll(values, holds));

    private static CellIndex[] Disk(double lat, double lng, int resolution, int k)
    {
        var disk = new CellIndex[CellIndex.GridDiskSize(k)];
        return disk[..CellIndex.FromLatLng(LatLng.FromDegrees(lat, lng), resolution).GridDisk(k, disk)];
    }

    private static LatLng[] CutTriangle(double lat, double lng, double turn, double size, double off)
    {
        LatLng At(double angle, double reach) =>
            LatLng.FromDegrees(lat + (reach * size * Math.Sin(angle)), lng + (reach * size * Math.Cos(angle)));
        return [At(turn, 1), At(turn + 2, 1), At(turn + 4, 1), At(turn + 1, off)];
    }
}
