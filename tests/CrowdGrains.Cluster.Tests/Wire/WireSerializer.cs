using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace CrowdGrains.Cluster.Tests.Wire;

/// <summary>Orleans' serializer as silos and clients have it.</summary>
public sealed class WireSerializer : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public byte[] Write<T>(T value) => _services.GetRequiredService<Serializer>().SerializeToArray(value);

    public T Read<T>(byte[] bytes) => _services.GetRequiredService<Serializer>().Deserialize<T>(bytes)!;

    /// <summary>As it comes out at the other end of a call between machines.</summary>
    public T Send<T>(T value) => Read<T>(Write(value));

    /// <summary>As it comes out at the other end of a call within a silo.</summary>
    public T Copy<T>(T value) => _services.GetRequiredService<DeepCopier<T>>().Copy(value)!;

    public void Dispose() => _services.Dispose();
}
