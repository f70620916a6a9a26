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

/// <summary>For how long clients felt the kills of one kind, in milliseconds.</summary>
/// <param name="Interface">The longest time of each that no silo was ready.</param>
/// <param name="Hit">Of helpers whose first command took more than a second, how long it took.</param>
/// <param name="Elsewhere">Of all others, how long each of their commands took.</param>
/// <param name="ElsewhereWithinASecond">Which part of those took at most a second.</param>
internal sealed record Gaps(string Kind, int Strikes, Quantiles Interface, Quantiles Hit, Quantiles Elsewhere, double ElsewhereWithinASecond)
{
    public static IReadOnlyList<Gaps> Of(IReadOnlyList<Strike> strikes) => strikes.Count == 0
        ? []
        :
        [
            .. strikes.GroupBy(strike => strike.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => Of(kind.Key, [.. kind])),
            Of("one, the leader", [.. strikes.Where(strike => strike is { Silos: 1, HasLed: true, Kind: "one" })]),
            Of("any", strikes),
        ];

    private static Gaps Of(string kind, IReadOnlyList<Strike> strikes)
    {
        double[] elsewhere = [.. strikes.SelectMany(strike => strike.Elsewhere)];
        return new Gaps(
            kind, strikes.Count, Quantiles.Of(strikes.Select(strike => strike.Interface)), Quantiles.Of(strikes.SelectMany(strike => strike.Hit)), Quantiles.Of(elsewhere),
            elsewhere.Length == 0 ? 1 : (double)elsewhere.Count(time => time <= 1000) / elsewhere.Length);
    }
}
