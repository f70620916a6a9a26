namespace CrowdGrains.Core.Tests;

/// <summary>What code allocates, measured warm.</summary>
internal static class Allocations
{
    private const int Runs = 200;
    private const int Batches = 20;

    /// <summary>
    /// Bytes for each run, in the least of several batches: a collection that another test brings about throws away the rest of this
    /// thread's allocation buffer, and the runtime counts that rest as allocated.
    /// </summary>
    public static double Measure(Action<int> run)
    {
        long least = long.MaxValue;
        for (int batch = 0; batch < Batches; batch++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Runs; i++)
            {
                run(i);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return (double)least / Runs;
    }
}
