using System.Collections.Immutable;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.Engines;

/// <summary>What the HTTP interface asks of an engine. Safe for use by many threads at once.</summary>
public interface IDispatchEngine : IAsyncDisposable
{
    /// <summary>The clock of the grains.</summary>
    TimeProvider Clock { get; }

    EngineHealth Health { get; }

    /// <summary>Everything that has happened and is durable.</summary>
    EventFeed Events { get; }

    /// <summary>The sequence up to which the log holds everything that was answered before the call, by any process over the store.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    ValueTask<long> FindLogEndAsync(CancellationToken cancellation = default);

    /// <summary>Puts events in place of those in the log with their sequences: nobody is shown the old ones any more.</summary>
    /// <exception cref="UnavailableException">It is not known whether it was done.</exception>
    ValueTask RewriteAsync(ImmutableArray<LoggedEvent> events, CancellationToken cancellation = default);

    /// <summary>Sends a command to a helper or request. When the answer comes, what it rests on is durable.</summary>
    /// <exception cref="UnavailableException">Nothing was done, or it is not known whether it was: ask again with the same operation id.</exception>
    ValueTask<Answer> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default);

    /// <summary>
    /// Takes position reports, in order, as many as there is room for; the rest is for the caller to bring again after a pause.
    /// Reports of helpers that do not exist or are offline are lost without a word.
    /// </summary>
    /// <returns>How many were taken, from the front.</returns>
    int Report(ReadOnlySpan<PositionReport> reports);

    /// <summary>The helper as of its last durable turn or later, never with what might still be lost; null when it is not registered.</summary>
    /// <exception cref="UnavailableException">The queue is full or the store does not answer.</exception>
    ValueTask<HelperSnapshot?> FindHelperAsync(HelperId helper, CancellationToken cancellation = default);

    /// <summary>The request, likewise; null when it was not submitted.</summary>
    /// <exception cref="UnavailableException">The queue is full or the store does not answer.</exception>
    ValueTask<RequestSnapshot?> FindRequestAsync(RequestId request, CancellationToken cancellation = default);

    /// <summary>The free helpers that supply cells list, counted by cells of a finer or equal resolution. Cells that list nobody are left out.</summary>
    /// <param name="cells">Supply cells, at most 10 000.</param>
    /// <exception cref="UnavailableException">The queue is full.</exception>
    ValueTask<ImmutableArray<KeyValuePair<CellIndex, int>>> CountFreeHelpersAsync(
        ImmutableArray<CellIndex> cells, int resolution, CancellationToken cancellation = default);

    /// <summary>Writes something beside the grains with the next group commit: all of it or nothing, in the order of the calls, and before any turn of a later command.</summary>
    /// <exception cref="UnavailableException">It is not known whether it was written.</exception>
    ValueTask WriteAsync(ImmutableArray<SqlWrite> writes, CancellationToken cancellation = default);
}
