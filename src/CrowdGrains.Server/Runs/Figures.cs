using System.Globalization;
using CrowdGrains.Simulation.Policies;

namespace CrowdGrains.Server.Runs;

/// <summary>Figures as people read them: 92.4 %, 17 ms, 41.0 s, 12.5 min.</summary>
internal static class Figures
{
    public static string Write(double value, MetricUnit unit) => unit switch
    {
        _ when double.IsNaN(value) => "–",
        MetricUnit.Rate => Invariant($"{value * 100:0.0} %"),
        MetricUnit.Number => Invariant($"{value:0.00}"),
        _ when value != 0 && Math.Abs(value) < 0.95 => Invariant($"{value * 1000:0} ms"),
        _ when Math.Abs(value) < 100 => Invariant($"{value:0.0} s"),
        _ when Math.Abs(value) < 5400 => Invariant($"{value / 60:0.0} min"),
        _ => Invariant($"{value / 3600:0.0} h"),
    };

    public static string Write(Estimate estimate, MetricUnit unit) =>
        double.IsNaN(estimate.HalfWidth)
            ? Write(estimate.Mean, unit)
            : $"{Write(estimate.Mean, unit)} ± {Write(estimate.HalfWidth, unit)}";

    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
