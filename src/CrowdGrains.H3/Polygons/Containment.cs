namespace CrowdGrains.H3;

/// <summary>Which cells belong to a polygon. The edges of cells, too, count as straight in latitude and longitude.</summary>
public enum Containment
{
    /// <summary>Those whose centre is in the polygon. Polygons that do not overlap share none.</summary>
    Center = 0,

    /// <summary>Those that lie in the polygon as a whole.</summary>
    Full = 1,

    /// <summary>Those of which at least a part lies in the polygon.</summary>
    Overlapping = 2,
}
