namespace CrowdGrains.H3;

/// <summary>
/// The move from one face's coordinates to those of the face across an edge: turn by <paramref name="Rotation"/> times 60°
/// counter-clockwise, then shift by <paramref name="Shift"/> base cell steps.
/// </summary>
internal readonly record struct EdgeCrossing(int Face, int Rotation, HexCoord Shift)
{
    public HexCoord Apply(HexCoord place, int scale) => place.RotateCcw(Rotation) + (Shift * scale);
}
