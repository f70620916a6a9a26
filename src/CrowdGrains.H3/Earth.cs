namespace CrowdGrains.H3;

/// <summary>The sphere that stands for the earth: the WGS84 authalic radius, as in H3 (h3geo.org).</summary>
public static class Earth
{
    public const double RadiusMeters = 6371007.180918475;

    public const double RadiusKilometers = RadiusMeters / 1000;
}
