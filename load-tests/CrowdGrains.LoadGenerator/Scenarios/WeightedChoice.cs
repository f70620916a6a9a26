namespace CrowdGrains.LoadGenerator.Scenarios;

/// <summary>Draws numbers in proportion to weights.</summary>
public sealed class WeightedChoice
{
    private readonly double[] _ends;

    public WeightedChoice(IEnumerable<double> weights)
    {
        double sum = 0;
        _ends = [.. weights.Select(weight => sum += weight)];
    }

    /// <returns>From 0 to one less than there are weights.</returns>
    public int Draw(Random random)
    {
        int found = Array.BinarySearch(_ends, random.NextDouble() * _ends[^1]);
        return Math.Min(found < 0 ? ~found : found + 1, _ends.Length - 1);
    }
}
