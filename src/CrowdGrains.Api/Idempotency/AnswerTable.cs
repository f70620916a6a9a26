using CrowdGrains.Api.Tables;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Api.Idempotency;

/// <summary>The table of kept answers.</summary>
internal sealed class AnswerTable(IStore store)
{
    private const string InsertClaim =
        "INSERT INTO api_answers (id, request, at) VALUES (@p1, @p2, @p3) "
        + "ON CONFLICT (id) DO UPDATE SET request = excluded.request, at = excluded.at, status = NULL, headers = NULL, body = NULL";

    /// <summary>Only where nobody has claimed it, or so long ago that it is over.</summary>
    private const string InsertClaimIfFree = InsertClaim + " WHERE api_answers.at < @p4 RETURNING at";

    private const string UpsertAnswer =
        "ON CONFLICT (id) DO UPDATE SET request = excluded.request, at = excluded.at, status = excluded.status, headers = excluded.headers, body = excluded.body";

    private const string InsertAnswer = "INSERT INTO api_answers (id, request, at, status, headers, body) VALUES (@p1, @p2, @p3, @p4, @p5, @p6) " + UpsertAnswer;

    /// <summary>Unless it speaks of somebody who is being erased, or was a moment ago.</summary>
    private const string InsertAnswerUnlessErased =
        "INSERT INTO api_answers (id, request, at, status, headers, body) SELECT @p1, @p2, @p3, @p4, @p5, @p6 "
        + "WHERE NOT EXISTS (SELECT 1 FROM api_erasures WHERE until > @p7 AND position(name IN @p6) > 0) " + UpsertAnswer;

    private const string Select = "SELECT request, at, status, headers, body FROM api_answers WHERE id = @p1";
    private const string SelectOldest = "SELECT MIN(at) FROM api_answers";
    private const string SelectClaims = "SELECT id, at FROM api_answers WHERE at >= @p1";
    private const string SelectBodies = "SELECT id, at, body FROM api_answers WHERE (at, id) > (@p1, @p2) AND body IS NOT NULL ORDER BY at, id LIMIT 500";
    private const string DeleteOld = "DELETE FROM api_answers WHERE id IN (SELECT id FROM api_answers WHERE at < @p1 ORDER BY at LIMIT 500)";
    private const string DeleteOne = "DELETE FROM api_answers WHERE id = @p1";

    /// <summary>A row that is there already is one whose time is over and that was not deleted yet.</summary>
    public static SqlWrite Claim(byte[] id, byte[] request, Instant at) => new(InsertClaim, id, request, at.UnixMilliseconds);

    public static SqlWrite Keep(byte[] id, byte[] request, Instant claimedAt, KeptAnswer answer) =>
        new(InsertAnswer, id, request, claimedAt.UnixMilliseconds, (long)answer.Status, answer.Headers, answer.Body);

    /// <summary>Likewise among several processes over the store. It goes with <see cref="ErasureTable.Share"/> before it.</summary>
    public static SqlWrite KeepUnlessErased(byte[] id, byte[] request, Instant claimedAt, KeptAnswer answer, Instant now) => new(
        InsertAnswerUnlessErased, id, request, claimedAt.UnixMilliseconds, (long)answer.Status, answer.Headers, answer.Body, now.UnixMilliseconds);

    public static SqlWrite Forget(byte[] id) => new(DeleteOne, id);

    public static SqlWrite ForgetBefore(Instant at) => new(DeleteOld, at.UnixMilliseconds);

    /// <summary>Claims an operation among several processes over the store.</summary>
    /// <param name="before">Claims from before then are over.</param>
    /// <returns>False when somebody has claimed it.</returns>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public async ValueTask<bool> TryClaimAsync(byte[] id, byte[] request, Instant now, Instant before, CancellationToken cancellation) =>
        await Sql.ReadNumberAsync(store, InsertClaimIfFree, [id, request, now.UnixMilliseconds, before.UnixMilliseconds], cancellation).ConfigureAwait(false) is not null;

    /// <exception cref="StoreException">The store does not answer.</exception>
    public async ValueTask<AnswerRow?> FindAsync(byte[] id, CancellationToken cancellation)
    {
        List<AnswerRow> found = await Sql.ReadAsync(store, Select, [id], AnswerRow.Read, cancellation).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>When the oldest was claimed; null when there is none.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public async ValueTask<Instant?> FindOldestAsync(CancellationToken cancellation) =>
        await Sql.ReadNumberAsync(store, SelectOldest, [], cancellation).ConfigureAwait(false) is { } at ? new Instant(at) : null;

    /// <summary>Up to 500 answers after one of them, in the order of their claims.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public Task<List<AnswerBody>> ReadBodiesAsync(long at, byte[] id, CancellationToken cancellation) =>
        Sql.ReadAsync(store, SelectBodies, [at, id], row => new AnswerBody((byte[])row[0], row.GetInt64(1), (byte[])row[2]), cancellation);

    /// <summary>Every claim since a time.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public Task ReadClaimsAsync(Instant since, Action<byte[], long> take, CancellationToken cancellation) =>
        Sql.EachAsync(store, SelectClaims, [since.UnixMilliseconds], row => take((byte[])row[0], row.GetInt64(1)), cancellation);
}
