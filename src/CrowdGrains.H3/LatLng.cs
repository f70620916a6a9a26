using System.Globalization;

namespace CrowdGrains.H3;

/// <summary>
/// A place on the earth in degrees: latitude −90 to 90, longitude −180 to 180. Always finite and in range; the default is (0, 0).
/// </summary>
public readonly record struct LatLng
{
    internal const double DegreesToRadians = Math.PI / 180;
    internal const double RadiansToDegrees = 180 / Math.PI;

    private LatLng(double lat, double lng) => (Lat, Lng) = (lat, lng);

    /// <summary>Latitude in degrees, positive to the north.</summary>
    public double Lat { get; }

    /// <summary>Longitude in degrees, positive to the east.</summary>
    public double Lng { get; }

    internal double LatRadians => Lat * DegreesToRadians;

    internal double LngRadians => Lng * DegreesToRadians;

    /// <exception cref="ArgumentOutOfRangeException">An argument is not a number, or out of range.</exception>
    public static LatLng FromDegrees(double lat, double lng)
    {
        if (!IsLatitude(lat))
            throw new ArgumentOutOfRangeException(nameof(lat), lat, "A latitude is a number from -90 to 90.");
        if (!IsLongitude(lng))
            throw new ArgumentOutOfRangeException(nameof(lng), lng, "A longitude is a number from -180 to 180.");
        return new(lat, lng);
    }

    /// <summary>False when an argument is not a number, or out of range.</summary>
    public static bool TryFromDegrees(double lat, double lng, out LatLng place)
    {
        var valid = IsLatitude(lat) && IsLongitude(lng);
        place = valid ? new(lat, lng) : default;
        return valid;
    }

    /// <summary>The great circle distance in meters on a sphere of <see cref="Earth.RadiusMeters"/>, by the haversine formula.</summary>
    public double DistanceMetersTo(LatLng other) => DistanceRadiansTo(other) * Earth.RadiusMeters;

    /// <summary>The great circle distance as an angle, 0 to π.</summary>
    public double DistanceRadiansTo(LatLng other)
    {
        var sinLat = Math.Sin((other.LatRadians - LatRadians) / 2);
        var sinLng = Math.Sin((other.LngRadians - LngRadians) / 2);
        var square = (sinLat * sinLat) + (Math.Cos(LatRadians) * Math.Cos(other.LatRadians) * sinLng * sinLng);
        return 2 * Math.Atan2(Math.Sqrt(square), Math.Sqrt(Math.Max(0, 1 - square)));
    }

    public UnitVector ToUnitVector() => UnitVector.FromLatLng(this);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Lat:R},{Lng:R}");

    // Unchecked: for angles that come out of asin and atan2 and so cannot leave the range.
    internal static LatLng FromRadiansUnchecked(double lat, double lng) =>
        new(Math.Clamp(lat * RadiansToDegrees, -90, 90), Math.Clamp(lng * RadiansToDegrees, -180, 180));

    // The comparisons are written so that NaN fails them.
    private static bool IsLatitude(double lat) => Math.Abs(lat) <= 90;

    private static bool IsLongitude(double lng) => Math.Abs(lng) <= 180;
}
