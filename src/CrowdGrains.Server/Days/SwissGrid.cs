using CrowdGrains.H3;

namespace CrowdGrains.Server.Days;

/// <summary>
/// Swiss LV95 metres to WGS 84 degrees, good to about a metre: the approximate formulas of swisstopo
/// ("Formulas and constants for the calculation of the Swiss conformal cylindrical projection", 2016, section 4).
/// </summary>
internal static class SwissGrid
{
    /// <summary>False outside Switzerland: east 2,480,000 to 2,850,000 m, north 1,070,000 to 1,300,000 m.</summary>
    public static bool TryConvert(double east, double north, out LatLng position)
    {
        position = default;
        if (!(east is >= 2_480_000 and <= 2_850_000 && north is >= 1_070_000 and <= 1_300_000))
        {
            return false;
        }

        double y = (east - 2_600_000) / 1_000_000;
        double x = (north - 1_200_000) / 1_000_000;
        double lng = 2.6779094 + (4.728982 * y) + (0.791484 * y * x) + (0.1306 * y * x * x) - (0.0436 * y * y * y);
        double lat = 16.9023892 + (3.238272 * x) - (0.270978 * y * y) - (0.002528 * x * x) - (0.0447 * y * y * x) - (0.0140 * x * x * x);
        position = LatLng.FromDegrees(lat * 100 / 36, lng * 100 / 36);
        return true;
    }
}
