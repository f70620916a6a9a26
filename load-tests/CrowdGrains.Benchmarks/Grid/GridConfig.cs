using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Filters;

namespace CrowdGrains.Benchmarks.Grid;

/// <summary>Measures memory, and leaves out the rows of libraries that are not on this machine.</summary>
internal sealed class GridConfig : ManualConfig
{
    public GridConfig()
    {
        AddDiagnoser(MemoryDiagnoser.Default);
        AddFilter(new SimpleFilter(row => row.Descriptor.WorkloadMethod.Name switch
        {
            nameof(LibH3) => LibH3.IsAvailable,
            nameof(PocketkenH3) => PocketkenH3.IsAvailable,
            _ => true,
        }));
    }
}
