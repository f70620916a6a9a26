using BenchmarkDotNet.Filters;

namespace CrowdGrains.Benchmarks.Grid;

/// <summary>Leaves out the rows of libraries that are not on this machine.</summary>
internal sealed class GridConfig : InProcess
{
    public GridConfig() => AddFilter(new SimpleFilter(row => row.Descriptor.WorkloadMethod.Name switch
    {
        nameof(LibH3) => LibH3.IsAvailable,
        nameof(PocketkenH3) => PocketkenH3.IsAvailable,
        _ => true,
    }));
}
