namespace CrowdGrains.H3;

/// <summary>One of the five faces that meet at a pentagon, and which of its corners (0, 1, 2) is there.</summary>
internal readonly record struct PentagonFace(int Face, int Corner)
{
    /// <summary>The next face around the pentagon, counter-clockwise: across the edge to the corner before this one.</summary>
    public PentagonFace NextCcw()
    {
        var edgeToCornerBefore = (Corner + 2) % 3;
        var crossing = Icosahedron.Across(Face, edgeToCornerBefore);
        return new(crossing.Face, Icosahedron.CornerNear(crossing.Face, Icosahedron.CornerPoint(Face, Corner)));
    }
}
