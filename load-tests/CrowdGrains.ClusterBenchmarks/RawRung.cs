using System.Diagnostics;
using System.Globalization;
using CrowdGrains.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CrowdGrains.ClusterBenchmarks;

/// <summary>How many calls of trivial grains Orleans makes on this machine: from within a silo, and by a client over loopback. Nothing can be faster that makes a call for each message.</summary>
internal static class RawRung
{
    private const int Grains = 10_000;
    private const int AtATime = 256;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(8);

    public static async Task<string> RunAsync()
    {
        (int siloPort, int gatewayPort) = (FreePort.Next(), FreePort.Next());
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleans(silo => silo.UseLocalhostClustering(siloPort, gatewayPort));
        using IHost silo = builder.Build();
        await silo.StartAsync();
        HostApplicationBuilder outside = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        outside.UseOrleansClient(client => client.UseLocalhostClustering(gatewayPort));
        using IHost client = outside.Build();
        await client.StartAsync();
        double within = await MeasureAsync(silo.Services.GetRequiredService<IGrainFactory>());
        double over = await MeasureAsync(client.Services.GetRequiredService<IClusterClient>());
        await client.StopAsync();
        await silo.StopAsync();
        return string.Create(CultureInfo.InvariantCulture, $"{within:N0} calls/s in the silo | {over:N0} calls/s by a client in the same process over loopback; {AtATime} at a time, {Grains:N0} grains");
    }

    private static async Task<double> MeasureAsync(IGrainFactory factory)
    {
        IEchoGrain[] grains = [.. Enumerable.Range(0, Grains).Select(key => factory.GetGrain<IEchoGrain>(key))];
        await RunAsync(grains, WarmUp);
        long start = Stopwatch.GetTimestamp();
        long calls = await RunAsync(grains, Length);
        return calls / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<long> RunAsync(IEchoGrain[] grains, TimeSpan length)
    {
        long start = Stopwatch.GetTimestamp();
        long[] counts = await Task.WhenAll(Enumerable.Range(0, AtATime).Select(lane => Task.Run(async () =>
        {
            long calls = 0;
            while (Stopwatch.GetElapsedTime(start) < length)
            {
                await grains[(lane + (calls * AtATime)) % Grains].EchoAsync(1);
                calls++;
            }

            return calls;
        })));
        return counts.Sum();
    }
}
