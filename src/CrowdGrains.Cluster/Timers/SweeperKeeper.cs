using CrowdGrains.Cluster.Silos;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Cluster.Timers;

/// <summary>
/// Asks for the sweeper from each silo now and then, so that it lives again within seconds of the silo that it died with; the reminder
/// alone would take up to its period.
/// </summary>
internal sealed class SweeperKeeper : IAsyncDisposable
{
    private readonly IGrainFactory _grains;
    private readonly ClusterLimits _options;
    private readonly ILogger _log;
    private readonly Loop _loop;

    public SweeperKeeper(IGrainFactory grains, ClusterLimits options, ILogger<SweeperKeeper> log)
    {
        _grains = grains;
        _options = options;
        _log = log;
        _loop = new Loop(RunAsync);
    }

    public void Start() => _loop.Start();

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await _grains.GetGrain<ISweeperGrain>(0).KeepAsync().WaitAsync(stopping).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // The edge: whatever stands in the way of a grain call must not end the silo, and is met again by the next.
            catch (Exception fault) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                _log.SweeperAway(fault.Message);
            }

            await Task.Delay(_options.SweepInterval, stopping).ConfigureAwait(false);
        }
    }
}
