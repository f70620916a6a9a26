using CrowdGrains.H3;

namespace CrowdGrains.Core.Cells;

/// <summary>
/// The plane that touches the earth at a cell's centre; places are dropped onto it at a right angle, in metres. Two places are never further
/// apart on the plane than on the earth, wherever they are, so a distance on the plane rules out without trigonometry.
/// </summary>
internal readonly struct LocalPlane
{
    /// <summary>
    /// What a distance between two projected places may exceed the true one by: coordinates are below 6.4 million metres, which single
    /// precision holds to half a metre.
    /// </summary>
    public const float ToleranceMeters = 2;

    private readonly UnitVector _right;
    private readonly UnitVector _up;

    private LocalPlane(UnitVector right, UnitVector up) => (_right, _up) = (right, up);

    public static LocalPlane At(UnitVector center)
    {
        // The axis furthest from the centre's direction, so that the cross product is never near zero.
        UnitVector axis = Math.Abs(center.Z) < 0.8 ? UnitVector.FromDirection(0, 0, 1) : UnitVector.FromDirection(1, 0, 0);
        UnitVector right = Cross(axis, center);
        return new LocalPlane(right, Cross(center, right));
    }

    public PlanePoint Project(in UnitVector place) =>
        new((float)(place.Dot(_right) * Earth.RadiusMeters), (float)(place.Dot(_up) * Earth.RadiusMeters));

    private static UnitVector Cross(in UnitVector a, in UnitVector b) =>
        UnitVector.FromDirection((a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X));
}

/// <summary>A place on a <see cref="LocalPlane"/>, in metres from the cell's centre.</summary>
internal readonly record struct PlanePoint(float X, float Y)
{
    public float SquareDistanceTo(PlanePoint other)
    {
        float dx = X - other.X;
        float dy = Y - other.Y;
        return (dx * dx) + (dy * dy);
    }
}
