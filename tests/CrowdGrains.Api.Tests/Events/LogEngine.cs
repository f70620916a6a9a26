using System.Buffers;
using System.Collections.Immutable;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Testing;

namespace CrowdGrains.Api.Tests.Events;

/// <summary>An engine without grains: tests say what happens. Events are written to a real store, then published.</summary>
internal sealed class LogEngine(IExclusiveStore store) : IDispatchEngine
{
    private readonly Lock _writing = new();
    private readonly Dictionary<GrainId, long> _sequences = [];

    public TimeProvider Clock => TimeProvider.System;

    public EngineHealth Health => EngineHealth.Ready;

    public EventFeed Events { get; } = new(store);

    /// <summary>What is known of helpers that no event has told of.</summary>
    public Dictionary<HelperId, HelperSnapshot> Helpers { get; } = [];

    /// <summary>While it holds, writes beside the grains are refused.</summary>
    public bool IsUnavailable { get; set; }

    /// <summary>Writes events of a grain and publishes them together.</summary>
    /// <returns>The sequence of the last.</returns>
    public long Emit(params ReadOnlySpan<GrainEvent> events)
    {
        lock (_writing)
        {
            StoreBatch batch = new();
            LoggedEvent[] logged = new LoggedEvent[events.Length];
            for (int i = 0; i < events.Length; i++)
            {
                GrainId grain = GrainOf(events[i]);
                long number = _sequences[grain] = _sequences.GetValueOrDefault(grain) + 1;
                ArrayBufferWriter<byte> data = new();
                EventJson.Write(events[i], data);
                EventRow row = new(
                    Events.LastSequence + i + 1, ManualClock.Start, grain, number, EventJson.RequestOf(events[i]), events[i].Type, "", data.WrittenMemory);
                batch.Events.Add(row);
                logged[i] = new LoggedEvent(row, events[i]);
            }

            store.Write(batch);
            Events.Publish(logged);
            return Events.LastSequence;
        }
    }

    public ValueTask<long> FindLogEndAsync(CancellationToken cancellation = default) => ValueTask.FromResult(Events.LastSequence);

    public ValueTask RewriteAsync(ImmutableArray<LoggedEvent> events, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask WriteAsync(ImmutableArray<SqlWrite> writes, CancellationToken cancellation = default)
    {
        lock (_writing)
        {
            if (IsUnavailable)
            {
                throw new UnavailableException(UnavailableReason.StoreUnavailable, TimeSpan.FromSeconds(1));
            }

            StoreBatch batch = new();
            batch.Writes.AddRange(writes);
            store.Write(batch);
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask<HelperSnapshot?> FindHelperAsync(HelperId helper, CancellationToken cancellation = default) =>
        ValueTask.FromResult(Helpers.GetValueOrDefault(helper));

    public ValueTask<RequestSnapshot?> FindRequestAsync(RequestId request, CancellationToken cancellation = default) =>
        ValueTask.FromResult<RequestSnapshot?>(null);

    public ValueTask<Answer> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default) => throw new NotSupportedException();

    public int Report(ReadOnlySpan<PositionReport> reports) => throw new NotSupportedException();

    public ValueTask<ImmutableArray<KeyValuePair<CellIndex, int>>> CountFreeHelpersAsync(
        ImmutableArray<CellIndex> cells, int resolution, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static GrainId GrainOf(GrainEvent happened) => happened switch
    {
        HelperRegistered registered => registered.Helper,
        HelperUpdated updated => updated.Helper,
        HelperWentOnline online => online.Helper,
        HelperWentOffline offline => offline.Helper,
        HelperWentStale stale => stale.Helper,
        OfferMoved offer => offer.Helper,
        _ => EventJson.RequestOf(happened) ?? throw new NotSupportedException($"Of which grain is {happened.Type}?"),
    };
}
