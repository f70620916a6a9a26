namespace CrowdGrains.H3;

/// <summary>
/// A place as a point of the unit sphere: X towards (0°, 0°), Y towards (0°, 90° east), Z towards the north pole. Cheaper than degrees to
/// measure with and to find cells for. The default is no point of the sphere, and no cell is found for it.
/// </summary>
public readonly record struct UnitVector
{
    private const double LengthTolerance = 1e-9;

    private UnitVector(double x, double y, double z) => (X, Y, Z) = (x, y, z);

    public double X { get; }

    public double Y { get; }

    public double Z { get; }

    /// <summary>Whether the length is 1 within 1e-9; false for the default.</summary>
    public bool IsUnit => Math.Abs(Dot(this) - 1) <= 2 * LengthTolerance;

    public static UnitVector FromLatLng(LatLng place)
    {
        var (sinLat, cosLat) = Math.SinCos(place.LatRadians);
        var (sinLng, cosLng) = Math.SinCos(place.LngRadians);
        return new(cosLng * cosLat, sinLng * cosLat, sinLat);
    }

    /// <summary>Scales a direction to length 1.</summary>
    /// <exception cref="ArgumentException">The direction is zero or not finite.</exception>
    public static UnitVector FromDirection(double x, double y, double z)
    {
        var largest = Math.Max(Math.Abs(x), Math.Max(Math.Abs(y), Math.Abs(z)));
        if (!double.IsFinite(largest) || largest == 0)
            throw new ArgumentException("A direction has finite components that are not all zero.");
        return Normalize(x / largest, y / largest, z / largest);
    }

    public LatLng ToLatLng() => LatLng.FromRadiansUnchecked(Math.Atan2(Z, Math.Sqrt((X * X) + (Y * Y))), Math.Atan2(Y, X));

    public double Dot(UnitVector other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    /// <summary>
    /// The great circle distance in meters, to a relative 1e-14 below 300 km, where it costs a square root and no trigonometry.
    /// </summary>
    public double DistanceMetersTo(UnitVector other) => DistanceRadiansTo(other) * Earth.RadiusMeters;

    /// <summary>The great circle distance as an angle, 0 to π: 2·asin(chord / 2), by its series for short chords.</summary>
    public double DistanceRadiansTo(UnitVector other)
    {
        const double ShortChordSquared = 0.05 * 0.05;
        var (dx, dy, dz) = (X - other.X, Y - other.Y, Z - other.Z);
        var square = (dx * dx) + (dy * dy) + (dz * dz);
        if (square < ShortChordSquared)
            return Math.Sqrt(square) * (1 + (square * ((1.0 / 24) + (square * ((3.0 / 640) + (square * (5.0 / 7168)))))));
        return square <= 2 ? 2 * Math.Asin(Math.Sqrt(square) / 2) : Math.PI - NearAngleToOpposite(other);
    }

    internal static UnitVector FromUnchecked(double x, double y, double z) => new(x, y, z);

    internal static UnitVector Normalize(double x, double y, double z)
    {
        var scale = 1 / Math.Sqrt((x * x) + (y * y) + (z * z));
        return new(x * scale, y * scale, z * scale);
    }

    // Beyond 90° asin loses digits; the angle to the antipode does not.
    private double NearAngleToOpposite(UnitVector other) =>
        new UnitVector(-X, -Y, -Z).DistanceRadiansTo(other);
}
