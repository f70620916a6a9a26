using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Tables;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Api.Keys;

/// <summary>
/// Every key, in memory, so that a call costs no SQL; the table holds SHA-256 hashes of the secrets, which are 256 random bits and so
/// need no salt. Of several processes over a store one changes keys; the others look into the table for what they do not know, and are told
/// what changed. Safe for use by many threads at once.
/// </summary>
public sealed class KeyRing
{
    /// <summary>The word that keys have changed.</summary>
    internal const string Changed = "keys";

    /// <summary>The shortest secret that is taken from the configuration.</summary>
    public const int MinAdminSecretLength = 16;

    /// <summary>The longest.</summary>
    public const int MaxSecretLength = 256;

    private const string SecretPrefix = "cg_";

    /// <summary>One id for whatever secret the configuration names: another one takes the place of the one before.</summary>
    private const string ConfiguredId = "key_configured";
    private const string Insert =
        "INSERT INTO api_keys (id, scope, name, hash, created_at, external_id, metadata) VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7) "
        + "ON CONFLICT (id) DO UPDATE SET scope = excluded.scope, name = excluded.name, hash = excluded.hash, "
        + "external_id = excluded.external_id, metadata = excluded.metadata";

    private const string Delete = "DELETE FROM api_keys WHERE id = @p1";
    private const string Select = "SELECT id, scope, name, hash, created_at, external_id, metadata FROM api_keys";
    private const string SelectByHash = Select + " WHERE hash = @p1";

    /// <summary>Who guesses keys must not keep the store busy: with so many looked up at once, further ones count as unknown.</summary>
    private const int MaxLookUps = 16;

    private static readonly TimeSpan RefreshAgainAfter = TimeSpan.FromMilliseconds(10);

    private readonly IDispatchEngine _engine;
    private readonly IStore _store;
    private readonly ISignals _signals;
    private readonly Lock _changing = new();
    private readonly ConcurrentDictionary<ulong, StoredKey> _byHash = new();
    private readonly ConcurrentDictionary<string, StoredKey> _byId = new(StringComparer.Ordinal);
    private int _lookUps;
    private int _changesUnderWay;
    private long _changes;

    private KeyRing(IDispatchEngine engine, IStore store, ISignals signals)
    {
        _engine = engine;
        _store = store;
        _signals = signals;
    }

    /// <summary>The secret of the admin key that was made because there was no key; null at any other start. For the operator, once.</summary>
    public string? FirstSecret { get; private set; }

    internal int Count => _byId.Count;

    /// <summary>Reads the keys, of a process that has its store for itself, and sees to it that there is an admin's.</summary>
    /// <inheritdoc cref="EnsureAdminAsync"/>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public static async Task<KeyRing> OpenAsync(IDispatchEngine engine, IStore store, string? adminSecret, CancellationToken cancellation = default)
    {
        KeyRing ring = await JoinAsync(engine, store, NoSignals.Instance, cancellation).ConfigureAwait(false);
        await ring.EnsureAdminAsync(adminSecret, cancellation).ConfigureAwait(false);
        return ring;
    }

    /// <summary>Reads the keys, of one process among several.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public static async Task<KeyRing> JoinAsync(IDispatchEngine engine, IStore store, ISignals signals, CancellationToken cancellation = default)
    {
        KeyRing ring = new(engine, store, signals);
        await ring.RefreshAsync(cancellation).ConfigureAwait(false);
        return ring;
    }

    /// <summary>Makes the first key, an admin's, where there is none. For the one process that changes keys.</summary>
    /// <param name="adminSecret">
    /// A secret from the configuration that is an admin's in any case, in place of the one it named before; null when there is none.
    /// </param>
    /// <exception cref="ArgumentException">The secret is shorter than <see cref="MinAdminSecretLength"/>.</exception>
    /// <exception cref="UnavailableException">The key could not be written.</exception>
    public async Task EnsureAdminAsync(string? adminSecret, CancellationToken cancellation = default)
    {
        if (adminSecret is { Length: < MinAdminSecretLength or > MaxSecretLength })
        {
            throw new ArgumentException($"An admin key has {MinAdminSecretLength} to {MaxSecretLength} characters.", nameof(adminSecret));
        }

        if (adminSecret is not null)
        {
            await ConfigureAsync(adminSecret, cancellation).ConfigureAwait(false);
        }
        else if (_byId.IsEmpty)
        {
            FirstSecret = NewSecret();
            await AddAsync(NewId(), "admin", "first", FirstSecret, Labels.None, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Takes in what the table holds: what another process has changed.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public async Task RefreshAsync(CancellationToken cancellation = default)
    {
        while (true)
        {
            long changes = Volatile.Read(ref _changes);
            List<StoredKey> stored = await ReadAsync(Select, [], cancellation).ConfigureAwait(false);
            lock (_changing)
            {
                if (_changesUnderWay == 0 && _changes == changes)
                {
                    Replace(stored);
                    return;
                }
            }

            // What this process changes meanwhile may stand in the table or not.
            await Task.Delay(RefreshAgainAfter, cancellation).ConfigureAwait(false);
        }
    }

    internal static string NewSecret() => SecretPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The caller with this secret; null when there is none.</summary>
    /// <exception cref="StoreException">It is not in memory, and the store does not answer.</exception>
    internal ValueTask<Caller?> FindAsync(ReadOnlySpan<char> secret, CancellationToken cancellation)
    {
        if (secret.Length is 0 or > MaxSecretLength)
        {
            return default;
        }

        Span<byte> text = stackalloc byte[MaxSecretLength * 3];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(secret, text)], hash);
        if (_byHash.TryGetValue(BitConverter.ToUInt64(hash), out StoredKey? key) && CryptographicOperations.FixedTimeEquals(hash, key.Hash))
        {
            return new ValueTask<Caller?>(key.Caller);
        }

        return _signals is NoSignals ? default : LookUpAsync(hash.ToArray(), cancellation);
    }

    internal bool TryGet(string id, [NotNullWhen(true)] out StoredKey? key) => _byId.TryGetValue(id, out key);

    /// <summary>All keys in the order of their ids, after one of them.</summary>
    internal IEnumerable<StoredKey> After(string id) => _byId.Values
        .Where(key => string.CompareOrdinal(key.Caller.KeyId, id) > 0)
        .OrderBy(key => key.Caller.KeyId, StringComparer.Ordinal);

    /// <summary>Makes a key; it is valid once the call returns. A key of this id gets the new secret: its old one was never shown, or the call would not be repeated.</summary>
    internal async Task<StoredKey> AddAsync(string id, string scope, string name, string secret, Labels labels, CancellationToken cancellation)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(secret));
        Instant now = Instant.FromDateTimeOffset(_engine.Clock.GetUtcNow());
        StoredKey key = StoredKey.From(id, scope, name, hash, now, labels);
        SqlWrite write = new(Insert, id, scope, name, hash, now.UnixMilliseconds, labels.ExternalId, labels.ToText());
        using (BeginChange())
        {
            await _engine.WriteAsync([write], cancellation).ConfigureAwait(false);
            Keep(key);
        }

        _signals.Send(Changed);
        return key;
    }

    /// <summary>Revokes a key: from now on it is not known, and once the call returns not after a restart either.</summary>
    /// <exception cref="UnavailableException">It is not known whether it was revoked: it is valid until that is asked again.</exception>
    internal async Task<Revocation> RevokeAsync(string id)
    {
        StoredKey? key;
        using Change change = BeginChange();
        lock (_changing)
        {
            if (!_byId.TryGetValue(id, out key))
            {
                return Revocation.NotFound;
            }

            // Counted and taken out in one: two admins who revoke each other would both find the other one left.
            if (key.Caller.IsAdmin && _byId.Values.Count(other => other.Caller.IsAdmin) == 1)
            {
                return Revocation.LastAdmin;
            }

            Forget(key);
        }

        try
        {
            // Whether the caller still waits or not: memory and table must not part.
            await _engine.WriteAsync([new SqlWrite(Delete, id)], CancellationToken.None).ConfigureAwait(false);
        }
        catch
        {
            Keep(key);
            throw;
        }

        key.Revoke();
        _signals.Send(Changed);
        return Revocation.Done;
    }

    /// <summary>It may have been made a moment ago, by another process.</summary>
    private async ValueTask<Caller?> LookUpAsync(byte[] hash, CancellationToken cancellation)
    {
        try
        {
            if (Interlocked.Increment(ref _lookUps) > MaxLookUps)
            {
                return null;
            }

            List<StoredKey> found = await ReadAsync(SelectByHash, [hash], cancellation).ConfigureAwait(false);
            found.ForEach(Keep);
            return found.Count == 0 ? null : found[0].Caller;
        }
        finally
        {
            Interlocked.Decrement(ref _lookUps);
        }
    }

    /// <summary>Until it is disposed of, memory and table may differ.</summary>
    private Change BeginChange()
    {
        lock (_changing)
        {
            _changesUnderWay++;
        }

        return new Change(this);
    }

    private void Replace(List<StoredKey> stored)
    {
        HashSet<string> ids = [.. stored.Select(key => key.Caller.KeyId)];
        foreach (StoredKey gone in _byId.Values.Where(key => !ids.Contains(key.Caller.KeyId)).ToArray())
        {
            Forget(gone);
            gone.Revoke();
        }

        foreach (StoredKey key in stored)
        {
            if (!TryGet(key.Caller.KeyId, out StoredKey? known) || !CryptographicOperations.FixedTimeEquals(known.Hash, key.Hash))
            {
                Keep(key);
            }
        }
    }

    private static string NewId() => "key_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12));

    private async Task ConfigureAsync(string secret, CancellationToken cancellation)
    {
        if (await FindAsync(secret, cancellation).ConfigureAwait(false) is not { } known)
        {
            await AddAsync(ConfiguredId, "admin", "CROWDGRAINS_ADMIN_KEY", secret, Labels.None, cancellation).ConfigureAwait(false);
        }
        else if (known.KeyId != ConfiguredId && TryGet(ConfiguredId, out StoredKey? earlier))
        {
            // The secret is that of a key made in another way, which stays.
            await _engine.WriteAsync([new SqlWrite(Delete, ConfiguredId)], cancellation).ConfigureAwait(false);
            Forget(earlier);
        }
    }

    private async Task<List<StoredKey>> ReadAsync(string sql, object[] values, CancellationToken cancellation)
    {
        try
        {
            return await Sql.ReadAsync(_store, sql, values, StoredKey.Read, cancellation).ConfigureAwait(false);
        }
        catch (FormatException fault)
        {
            throw new StoreException("The keys cannot be read.", fault);
        }
    }

    private void Forget(StoredKey key)
    {
        _byHash.TryRemove(BitConverter.ToUInt64(key.Hash), out _);
        _byId.TryRemove(key.Caller.KeyId, out _);
    }

    private void Keep(StoredKey key)
    {
        if (_byId.TryGetValue(key.Caller.KeyId, out StoredKey? replaced))
        {
            _byHash.TryRemove(BitConverter.ToUInt64(replaced.Hash), out _);
        }

        _byId[key.Caller.KeyId] = key;
        _byHash[BitConverter.ToUInt64(key.Hash)] = key;
    }

    private readonly struct Change(KeyRing ring) : IDisposable
    {
        public void Dispose()
        {
            lock (ring._changing)
            {
                ring._changesUnderWay--;
                ring._changes++;
            }
        }
    }
}
