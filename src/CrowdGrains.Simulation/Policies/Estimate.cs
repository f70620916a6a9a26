using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace CrowdGrains.Simulation.Policies;

/// <summary>A mean over seeds and the half-width of its 95 % confidence interval (Student's t); the half-width is NaN for fewer than two values.</summary>
public readonly record struct Estimate(double Mean, double HalfWidth)
{
    /// <summary>Values that are NaN, figures of nothing, are left out.</summary>
    public static Estimate Of(IEnumerable<double> values)
    {
        double[] known = [.. values.Where(value => !double.IsNaN(value))];
        if (known.Length < 2)
        {
            return new(known.Length == 0 ? double.NaN : known[0], double.NaN);
        }

        double t = StudentT.InvCDF(0, 1, known.Length - 1, 0.975);
        return new(known.Mean(), t * known.StandardDeviation() / Math.Sqrt(known.Length));
    }
}
