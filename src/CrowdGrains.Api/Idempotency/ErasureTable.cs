using System.Collections.Immutable;
using System.Data.Common;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Api.Idempotency;

/// <summary>
/// Which requests are being erased, for every process over a store: none keeps an answer that names one. Who keeps answers takes a share of
/// a lock, and then looks; who has entered a name waits until nobody who may not have seen it holds a share.
/// </summary>
internal sealed class ErasureTable(IStore store)
{
    private const string Key = "hashtextextended('crowdgrains.erasures.' || current_schema(), 0)";
    private const string Insert = "INSERT INTO api_erasures (name, until) VALUES (@p1, @p2) ON CONFLICT (name) DO UPDATE SET until = greatest(api_erasures.until, excluded.until)";

    /// <summary>Before an answer is kept, in the same transaction.</summary>
    public static SqlWrite Share { get; } = new($"SELECT pg_advisory_xact_lock_shared({Key})");

    public static SqlWrite ForgetBefore(Instant at) => new("DELETE FROM api_erasures WHERE until < @p1", at.UnixMilliseconds);

    public static ImmutableArray<SqlWrite> Enter(IEnumerable<byte[]> names, Instant until) => [.. names.Select(name => new SqlWrite(Insert, name, until.UnixMilliseconds))];

    /// <summary>Waits until nobody keeps answers who has not seen what was entered.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public async Task AwaitSharesAsync(CancellationToken cancellation)
    {
        try
        {
            await using DbConnection connection = await store.Data.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using DbCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT pg_advisory_xact_lock({Key})";
            await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
        catch (DbException fault)
        {
            throw new StoreException("The erasure cannot be entered.", fault);
        }
    }
}
