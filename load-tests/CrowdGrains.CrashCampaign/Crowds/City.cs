using CrowdGrains.Client.Contract;

namespace CrowdGrains.CrashCampaign.Crowds;

/// <summary>Towns of a few streets each, so that everybody is near everybody; so far from each other that each is a region of its own.</summary>
internal static class City
{
    private const double Lat = 47.37;
    private const double Lng = 8.54;
    private const double Width = 0.02;
    private const double Apart = 1.1;

    public static Position Place(int town, Random random) => new(Lat + (Width * random.NextDouble()), Lng + (Apart * town) + (Width * random.NextDouble()));
}
