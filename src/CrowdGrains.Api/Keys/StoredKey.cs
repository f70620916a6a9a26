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
    public static StoredKey From(string id, string scope, string name, byte[] hash, Instant createdAt, Labels labels) =>
        Caller.TryParse(id, scope, out Caller? caller)
            ? new StoredKey(caller, name, hash, createdAt, labels)
            : throw new StoreException($"Key {id} has the scope \"{scope}\", which is none.");
}
