namespace CrowdGrains.ClusterBenchmarks;

/// <summary>A grain that does next to nothing: what a call costs by itself.</summary>
internal interface IEchoGrain : IGrainWithIntegerKey
{
    Task<int> EchoAsync(int value);
}

/// <inheritdoc cref="IEchoGrain"/>
internal sealed class EchoGrain : Grain, IEchoGrain
{
    public Task<int> EchoAsync(int value) => Task.FromResult(value);
}
