using System.Data.Common;
using CrowdGrains.Api.Calls;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Api.Keys;

/// <summary>A key as it is kept: whose it is, and the SHA-256 hash of its secret.</summary>
internal sealed record StoredKey(Caller Caller, string Name, byte[] Hash, Instant CreatedAt, Labels Labels)
{
    private readonly TaskCompletionSource _revoked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the key is revoked: for calls that last.</summary>
    public Task Revoked => _revoked.Task;

    public void Revoke() => _revoked.TrySetResult();

    /// <exception cref="StoreException">The scope is none.</exception>
    /// <exception cref="FormatException">The labels are none.</exception>
    public static StoredKey Read(DbDataReader row) => From(
        row.GetString(0), row.GetString(1), row.GetString(2), (byte[])row[3], new Instant(row.GetInt64(4)), LabelText.Read(row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6)));

    /// <exception cref="StoreException">The scope is none.</exception>
    public static StoredKey From(string id, string scope, string name, byte[] hash, Instant createdAt, Labels labels) =>
        Caller.TryParse(id, scope, out Caller? caller)
            ? new StoredKey(caller, name, hash, createdAt, labels)
            : throw new StoreException($"Key {id} has the scope \"{scope}\", which is none.");
}
