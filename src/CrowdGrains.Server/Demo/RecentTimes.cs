namespace CrowdGrains.Server.Demo;

/// <summary>The last so many durations. Safe for use by many threads.</summary>
internal sealed class RecentTimes(int capacity)
{
    private readonly Lock _lock = new();
    private readonly double[] _times = new double[capacity];
    private long _count;

    public void Add(double milliseconds)
    {
        lock (_lock)
        {
            _times[_count++ % _times.Length] = milliseconds;
        }
    }

    /// <summary>Median and 99th percentile (nearest rank); not numbers when there is nothing.</summary>
    public (double P50, double P99) Read()
    {
        double[] sorted;
        lock (_lock)
        {
            sorted = _times[..(int)Math.Min(_count, _times.Length)];
        }

        Array.Sort(sorted);
        return sorted.Length == 0 ? (double.NaN, double.NaN) : (At(sorted, 0.5), At(sorted, 0.99));
    }

    private static double At(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
