using System.Data.Common;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Hosting.Stores;

/// <summary>
/// Where what must not be lost is kept: the grains' records and the event log, in SQLite or PostgreSQL, and the tables of those who
/// read the log. This is the half that everybody may use; who writes, and how, is each engine's own.
/// </summary>
public interface IStore : IDisposable
{
    /// <summary>The sequence of the last event; 0 when there is none.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    long ReadLastSequence();

    /// <summary>The records of helpers and requests, those that exist, in any order.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    IReadOnlyList<GrainRow> Load(IReadOnlyCollection<GrainId> grains);

    /// <summary>Every grain with an armed timer, and when the earliest falls due. Streamed: the caller may hold the enumerator for long.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    IEnumerable<(GrainId Grain, Instant Due)> ReadDues();

    /// <summary>Events after a sequence, in order, at most <paramref name="limit"/>.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    IReadOnlyList<EventRow> ReadEvents(long after, int limit);

    /// <summary>The events of a request and of the offers made for it, in order, at most <paramref name="limit"/>, after a sequence.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    IReadOnlyList<EventRow> ReadTimeline(RequestId request, long after, int limit);

    /// <summary>Connections for everything that is not on the grains' path: keys, webhooks, the read model. Opened ones are configured.</summary>
    DbDataSource Data { get; }
}
