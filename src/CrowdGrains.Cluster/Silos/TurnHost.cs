using CrowdGrains.Cluster.Records;
using CrowdGrains.Cluster.Timers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Cluster.Silos;

/// <summary>What the grains of one silo share: the rules and the clock, the records, the timers, and the way to other grains.</summary>
internal sealed class TurnHost : IDisposable
{
    private readonly ThreadLocal<TurnRunner> _runners;

    public TurnHost(
        DispatchRules rules, ClusterLimits options, SiloClock clock, SiloCounters counters, ClusterRecords records, SiloTimers timers, SiloPost post, ILogger<TurnHost> log)
    {
        Options = options;
        Clock = clock;
        Counters = counters;
        Records = records;
        Timers = timers;
        Post = post;
        Log = log;
        _runners = new ThreadLocal<TurnRunner>(() => new TurnRunner(rules));
    }

    public ClusterLimits Options { get; }

    public SiloClock Clock { get; }

    public SiloCounters Counters { get; }

    public ClusterRecords Records { get; }

    public SiloTimers Timers { get; }

    public SiloPost Post { get; }

    public ILogger Log { get; }

    /// <exception cref="InvariantViolationException">The turn broke an invariant: nothing of the state may be kept.</exception>
    public TurnResult Run(GrainState state, Message message)
    {
        TurnRunner runner = _runners.Value ?? throw new ObjectDisposedException(nameof(TurnHost));
        Turn turn = runner.Run(state, message, Clock.Now);
        TurnResult result = new(turn.Outcome, turn.Now, turn.Effects.ToArray());
        Counters.Count(turn);
        return result;
    }

    public void Dispose() => _runners.Dispose();
}
