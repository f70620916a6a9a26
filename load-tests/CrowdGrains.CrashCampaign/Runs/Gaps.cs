using CrowdGrains.CrashCampaign.Servers;

namespace CrowdGrains.CrashCampaign.Runs;

/// <summary>Half of some times, 99 of a hundred and all of them are at most so long, in milliseconds.</summary>
internal sealed record Quantiles(int Count, double P50, double P99, double Max)
{
    public static Quantiles Of(IEnumerable<double> times)
    {
        double[] sorted = [.. times.Order()];
        return new(sorted.Length, At(0.5), At(0.99), sorted.LastOrDefault());

        double At(double part) => sorted.Length == 0 ? 0 : sorted[(int)Math.Ceiling(part * sorted.Length) - 1];
    }
}

/// <summary>For how long clients felt the kills of one kind.</summary>
/// <param name="Interface">Until the HTTP interface answered again, where the silo that served it was among the killed.</param>
/// <param name="Grains">Until helpers who lived spread over the silos had all carried out a command.</param>
internal sealed record Gaps(string Kind, int Strikes, Quantiles Interface, Quantiles Grains)
{
    public static IReadOnlyList<Gaps> Of(IReadOnlyList<Strike> strikes) =>
        strikes.Count == 0 ? [] : [.. strikes.GroupBy(strike => strike.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => Of(kind.Key, [.. kind])), Of("any", strikes)];

    private static Gaps Of(string kind, IReadOnlyList<Strike> strikes) => new(
        kind, strikes.Count,
        Quantiles.Of(strikes.Where(strike => strike.WasServing).Select(strike => strike.Interface)),
        Quantiles.Of(strikes.Select(strike => strike.Grains)));
}
