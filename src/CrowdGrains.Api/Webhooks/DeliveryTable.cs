using System.Data.Common;
using CrowdGrains.Api.Tables;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Api.Webhooks;

/// <summary>The SQL of deliveries. Writes go through the engine; here they are made.</summary>
internal sealed class DeliveryTable(IStore store)
{
    private const string Columns = "seq, about, type, status, attempts, retries, response_status, error, created_at, next_attempt_at, data";

    // A batch that was written although the answer was lost is written again.
    private const string InsertSql = """
        INSERT INTO webhook_deliveries (webhook, seq, about, type, status, attempts, retries, created_at, next_attempt_at, data)
        VALUES (@p1, @p2, @p3, @p4, 0, 0, 0, @p5, @p5, @p6) ON CONFLICT (webhook, seq, about) DO NOTHING
        """;

    private const string UpdateSql = """
        UPDATE webhook_deliveries SET status = @p4, attempts = @p5, retries = @p6, response_status = @p7, error = @p8, next_attempt_at = @p9
        WHERE webhook = @p1 AND seq = @p2 AND about = @p3
        """;

    private const string EndPendingSql = "UPDATE webhook_deliveries SET status = 2, error = @p2 WHERE webhook = @p1 AND status = 0";
    private const string DeleteSql = "DELETE FROM webhook_deliveries WHERE webhook = @p1";
    private const string DeleteOrphansSql = "DELETE FROM webhook_deliveries WHERE webhook NOT IN (SELECT id FROM webhooks)";
    private const string DeleteEndedSql = "DELETE FROM webhook_deliveries WHERE webhook = @p1 AND status <> 0 AND (created_at < @p2 OR seq < @p3)";
    private const string SaveProgressSql = "INSERT INTO webhook_progress (id, seq) VALUES (1, @p1) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq";

    public static SqlWrite Insert(string webhook, DeliveryRow row) =>
        new(InsertSql, webhook, row.Id.Sequence, row.Id.About, row.Type, row.CreatedAt.UnixMilliseconds, row.Data);

    public static SqlWrite Update(string webhook, DeliveryRow row) => new(
        UpdateSql, webhook, row.Id.Sequence, row.Id.About, (long)row.Status, (long)row.Attempts, (long)row.Retries,
        row.ResponseStatus is { } status ? (long)status : null, row.Error, row.NextAttemptAt.UnixMilliseconds);

    /// <summary>What is pending will not be sent.</summary>
    public static SqlWrite EndPending(string webhook, string error) => new(EndPendingSql, webhook, error);

    public static SqlWrite Delete(string webhook) => new(DeleteSql, webhook);

    /// <summary>Rows that were written while their webhook was deleted.</summary>
    public static SqlWrite DeleteOrphans() => new(DeleteOrphansSql);

    /// <summary>Deliveries that ended, made before a time or of events before a sequence.</summary>
    public static SqlWrite DeleteEnded(string webhook, Instant before, long beforeSequence) =>
        new(DeleteEndedSql, webhook, before.UnixMilliseconds, beforeSequence);

    public static SqlWrite SaveProgress(long sequence) => new(SaveProgressSql, sequence);

    /// <summary>Up to which event deliveries have been made; 0 at the very first start.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public async Task<long> ReadProgressAsync(CancellationToken cancellation) =>
        await Sql.ReadNumberAsync(store, "SELECT max(seq) FROM webhook_progress", [], cancellation).ConfigureAwait(false) ?? 0;

    /// <summary>What is to be sent now: in the order in which it fell due, and what fell due together in the order of the events.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public Task<List<DeliveryRow>> ReadDueAsync(string webhook, Instant now, int limit, CancellationToken cancellation) => Sql.ReadAsync(
        store,
        $"SELECT {Columns} FROM webhook_deliveries WHERE webhook = @p1 AND status = 0 AND next_attempt_at <= @p2 ORDER BY next_attempt_at, seq LIMIT @p3",
        [webhook, now.UnixMilliseconds, (long)limit],
        Read,
        cancellation);

    /// <summary>When the next one falls due; null when none is pending.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public async Task<Instant?> ReadNextDueAsync(string webhook, CancellationToken cancellation) =>
        await Sql.ReadNumberAsync(
            store, "SELECT min(next_attempt_at) FROM webhook_deliveries WHERE webhook = @p1 AND status = 0", [webhook], cancellation).ConfigureAwait(false)
            is { } due ? new Instant(due) : null;

    /// <exception cref="StoreException">The store does not answer.</exception>
    public async Task<long> CountPendingAsync(string webhook, CancellationToken cancellation) =>
        await Sql.ReadNumberAsync(
            store, "SELECT count(*) FROM webhook_deliveries WHERE webhook = @p1 AND status = 0", [webhook], cancellation).ConfigureAwait(false) ?? 0;

    /// <summary>The sequence of the oldest among the newest that ended; 0 when there are fewer.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public async Task<long> ReadSequenceOfEndedAsync(string webhook, int newest, CancellationToken cancellation) =>
        await Sql.ReadNumberAsync(
            store,
            "SELECT seq FROM webhook_deliveries WHERE webhook = @p1 AND status <> 0 ORDER BY seq DESC LIMIT 1 OFFSET @p2",
            [webhook, (long)Math.Max(0, newest - 1)],
            cancellation).ConfigureAwait(false) is { } sequence ? newest == 0 ? sequence + 1 : sequence : 0;

    /// <summary>Deliveries, those of the newest events first, before one of them; all, or those of one status.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public Task<List<DeliveryRow>> ListAsync(string webhook, DeliveryStatus? status, DeliveryId? before, int limit, CancellationToken cancellation) =>
        Sql.ReadAsync(
            store,
            $"""
            SELECT {Columns} FROM webhook_deliveries
            WHERE webhook = @p1 AND (seq, about) < (@p2, @p3) AND status BETWEEN @p4 AND @p5 ORDER BY seq DESC, about DESC LIMIT @p6
            """,
            [
                webhook, before?.Sequence ?? long.MaxValue, before?.About ?? "", (long)(status ?? DeliveryStatus.Pending),
                (long)(status ?? DeliveryStatus.Failed), (long)limit,
            ],
            Read,
            cancellation);

    /// <exception cref="StoreException">The store does not answer.</exception>
    public async Task<DeliveryRow?> FindAsync(string webhook, DeliveryId id, CancellationToken cancellation)
    {
        List<DeliveryRow> found = await Sql.ReadAsync(
            store,
            $"SELECT {Columns} FROM webhook_deliveries WHERE webhook = @p1 AND seq = @p2 AND about = @p3",
            [webhook, id.Sequence, id.About],
            Read,
            cancellation).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    private static DeliveryRow Read(DbDataReader row) => new(
        new DeliveryId(row.GetInt64(0), row.GetString(1)),
        row.GetString(2),
        (DeliveryStatus)row.GetInt64(3),
        (int)row.GetInt64(4),
        (int)row.GetInt64(5),
        row.IsDBNull(6) ? null : (int)row.GetInt64(6),
        row.IsDBNull(7) ? null : row.GetString(7),
        new Instant(row.GetInt64(8)),
        new Instant(row.GetInt64(9)),
        row.IsDBNull(10) ? null : row.GetFieldValue<byte[]>(10));
}
