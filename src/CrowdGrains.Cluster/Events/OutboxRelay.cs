using CrowdGrains.Cluster.Silos;
using CrowdGrains.Hosting.Stores.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrowdGrains.Cluster.Events;

/// <summary>
/// Numbers the events. Grains on all silos put theirs into the outbox together with their records; one silo at a time, the one with the
/// lock, moves them to the log under numbers without gaps. A row moves in one transaction, so it is never in the log twice or not at
/// all; and as whatever follows from an event is written only after it, the log never shows an effect before its cause.
/// </summary>
internal sealed class OutboxRelay : IAsyncDisposable
{
    public const string Channel = "crowdgrains_events";

    private const string Lead = "SELECT pg_try_advisory_lock(hashtextextended('crowdgrains.relay.' || current_schema(), 0))";

    private const string Move = """
        WITH moved AS (
            DELETE FROM outbox WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT 2000) RETURNING *
        ), logged AS (
            INSERT INTO events (seq, at, kind, grain, grain_seq, request, type, actor, data)
            SELECT (SELECT coalesce(max(seq), 0) FROM events) + row_number() OVER (ORDER BY id), at, kind, grain, grain_seq, request, type, actor, data
            FROM moved
            RETURNING seq
        )
        SELECT count(*), pg_notify('crowdgrains_events', coalesce(max(seq), 0)::text) FROM logged HAVING count(*) > 0
        """;

    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Waiting = TimeSpan.FromMilliseconds(500);

    private readonly SharedPostgresStore _store;
    private readonly ILogger _log;
    private readonly Loop _loop;
    private volatile bool _isLeading;

    public OutboxRelay(SharedPostgresStore store, ClusterLimits options, ILogger<OutboxRelay> log)
    {
        _store = store;
        _log = log;
        _loop = Loop.OverStore(LeadAsync, options, log);
    }

    /// <summary>This silo is the one that moves them.</summary>
    public bool IsLeading => _isLeading;

    public void Start() => _loop.Start();

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    /// <summary>Until the connection breaks, and with it the lock.</summary>
    private async Task LeadAsync(CancellationToken stopping)
    {
        await using NpgsqlConnection connection = await _store.ConnectAsync(stopping).ConfigureAwait(false);
        await using NpgsqlCommand lead = new(Lead, connection);
        while (await lead.ExecuteScalarAsync(stopping).ConfigureAwait(false) is not true)
        {
            await Task.Delay(Waiting, stopping).ConfigureAwait(false);
        }

        _log.Leads();
        _isLeading = true;
        try
        {
            await MoveAsync(connection, stopping).ConfigureAwait(false);
        }
        finally
        {
            _isLeading = false;
        }
    }

    private static async Task MoveAsync(NpgsqlConnection connection, CancellationToken stopping)
    {
        await using NpgsqlCommand move = new(Move, connection);
        int idle = 0;
        while (true)
        {
            bool hasMoved = await move.ExecuteScalarAsync(stopping).ConfigureAwait(false) is not null;
            idle = hasMoved ? 0 : idle + 1;
            await Task.Delay(idle < 100 ? Busy : Idle, stopping).ConfigureAwait(false);
        }
    }
}
