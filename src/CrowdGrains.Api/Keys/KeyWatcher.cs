using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Api.Keys;

/// <summary>Takes in the keys that another process changes: when it says so, and now and then in any case.</summary>
internal sealed partial class KeyWatcher(KeyRing keys, ISignals signals, ILogger<KeyWatcher> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            Task changed = signals.NextAsync(KeyRing.Changed);
            TimeSpan pause = LookEvery;
            try
            {
                await keys.RefreshAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (StoreException fault)
            {
                LogFailed(fault.Message);
                pause = RetryAfter;
            }

            await changed.WaitAsync(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys cannot be read, it is tried again: {Reason}")]
    private partial void LogFailed(string reason);
}
