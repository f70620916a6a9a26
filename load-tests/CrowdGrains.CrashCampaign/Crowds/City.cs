using CrowdGrains.Client.Contract;

namespace CrowdGrains.CrashCampaign.Crowds;

/// <summary>A few streets, so that everybody is near everybody.</summary>
internal static class City
{
    private const double Lat = 47.37;
    private const double Lng = 8.54;
    private const double Width = 0.02;

    public static Position Place(Random random) => new(Lat + (Width * random.NextDouble()), Lng + (Width * random.NextDouble()));
}
