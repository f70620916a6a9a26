using CrowdGrains.Core.Matching;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Tests;

/// <summary>Disks of cells as arrays.</summary>
internal static class Disks
{
    /// <summary>Rings <paramref name="asked"/> + 1 to <paramref name="rings"/>, nearest first; asked −1 is the whole disk.</summary>
    public static CellIndex[] Beyond(CellIndex home, int asked, int rings)
    {
        CellIndex[] cells = new CellIndex[CellIndex.GridDiskSize(rings)];
        int count = home.GridDisk(rings, cells);
        int inner = asked < 0 ? 0 : home.GridDisk(asked, new CellIndex[CellIndex.GridDiskSize(asked)]);
        return cells[inner..count];
    }

    /// <summary>Those of them that are asked when nobody beyond the radius matters.</summary>
    public static CellIndex[] Beyond(CellIndex home, int asked, int rings, LatLng place, int radiusMeters)
    {
        CellIndex[] cells = Beyond(home, asked, rings);
        return cells[..SearchArea.KeepWithin(cells, place.ToUnitVector(), radiusMeters)];
    }
}
