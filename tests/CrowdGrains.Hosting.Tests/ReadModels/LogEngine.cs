using System.Collections.Immutable;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.Tests.ReadModels;

/// <summary>An engine that is told what has happened: it logs and publishes events, and writes to a real store, unless told to fail.</summary>
internal sealed class LogEngine(IExclusiveStore store) : IDispatchEngine
{
    private readonly Lock _lock = new();
    private readonly Dictionary<GrainId, long> _sequences = [];
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _failures;
    private bool _writesBeforeFailing;

    public TimeProvider Clock { get; } = new ManualTime();

    public EngineHealth Health => EngineHealth.Ready;

    public EventFeed Events { get; } = new(store, recent: 1 << 20);

    public int Writes { get; private set; }

    /// <summary>Completes with the first write.</summary>
    public Task FirstWrite => _written.Task;

    /// <summary>What the last write wrote.</summary>
    public ImmutableArray<SqlWrite> LastWrite { get; private set; } = [];

    public void SetTime(Instant now) => ((ManualTime)Clock).Now = now.ToDateTimeOffset();

    public void Publish(Instant at, GrainId grain, GrainEvent happened)
    {
        SetTime(at);
        _sequences[grain] = _sequences.GetValueOrDefault(grain) + 1;
        EventRow row = new(Events.LastSequence + 1, at, grain, _sequences[grain], null, happened.Type, "", ReadOnlyMemory<byte>.Empty);
        Events.Publish([new LoggedEvent(row, happened)]);
    }

    /// <summary>The next writes fail, before they reach the store or after.</summary>
    public void FailNext(int writes, bool afterWriting = false)
    {
        lock (_lock)
        {
            (_failures, _writesBeforeFailing) = (writes, afterWriting);
        }
    }

    public ValueTask<long> FindLogEndAsync(CancellationToken cancellation = default) => ValueTask.FromResult(Events.LastSequence);

    public ValueTask RewriteAsync(ImmutableArray<LoggedEvent> events, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask WriteAsync(ImmutableArray<SqlWrite> writes, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            bool isFailing = _failures > 0;
            _failures -= isFailing ? 1 : 0;
            if (!isFailing || _writesBeforeFailing)
            {
                StoreBatch batch = new();
                batch.Writes.AddRange(writes);
                try
                {
                    store.Write(batch);
                }
                catch (StoreException rejected) when (rejected.IsRejection)
                {
                    return ValueTask.FromException(new UnavailableException(UnavailableReason.StoreUnavailable, TimeSpan.FromMilliseconds(1)));
                }

                Writes++;
                LastWrite = writes;
                _written.TrySetResult();
            }

            return isFailing
                ? ValueTask.FromException(new UnavailableException(UnavailableReason.StoreUnavailable, TimeSpan.FromMilliseconds(1)))
                : ValueTask.CompletedTask;
        }
    }

    public ValueTask<Answer> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default) => throw new NotSupportedException();

    public int Report(ReadOnlySpan<PositionReport> reports) => throw new NotSupportedException();

    public ValueTask<HelperSnapshot?> FindHelperAsync(HelperId helper, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask<RequestSnapshot?> FindRequestAsync(RequestId request, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask<ImmutableArray<KeyValuePair<CellIndex, int>>> CountFreeHelpersAsync(
        ImmutableArray<CellIndex> cells, int resolution, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class ManualTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
