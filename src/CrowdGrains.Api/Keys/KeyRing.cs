using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using CrowdGrains.Api.Calls;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Api.Keys;

/// <summary>
/// Every key, in memory, so that a call costs no SQL; the table holds SHA-256 hashes of the secrets, which are 256 random bits and so
/// need no salt. Safe for use by many threads at once.
/// </summary>
public sealed class KeyRing
{
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

    private readonly IDispatchEngine _engine;
    private readonly Lock _revoking = new();
    private readonly ConcurrentDictionary<ulong, StoredKey> _byHash = new();
    private readonly ConcurrentDictionary<string, StoredKey> _byId = new(StringComparer.Ordinal);

    private KeyRing(IDispatchEngine engine) => _engine = engine;

    /// <summary>The secret of the admin key that was made because there was no key; null at any other start. For the operator, once.</summary>
    public string? FirstSecret { get; private set; }

    internal int Count => _byId.Count;

    /// <summary>Reads the keys; when there is none, makes the first, an admin's.</summary>
    /// <param name="adminSecret">
    /// A secret from the configuration that is an admin's in any case, in place of the one it named before; null when there is none.
    /// </param>
    /// <exception cref="ArgumentException">The secret is shorter than <see cref="MinAdminSecretLength"/>.</exception>
    /// <exception cref="StoreException">The store does not answer.</exception>
    /// <exception cref="UnavailableException">The first key could not be written.</exception>
    public static async Task<KeyRing> OpenAsync(IDispatchEngine engine, IStore store, string? adminSecret, CancellationToken cancellation = default)
    {
        if (adminSecret is { Length: < MinAdminSecretLength or > MaxSecretLength })
        {
            throw new ArgumentException($"An admin key has {MinAdminSecretLength} to {MaxSecretLength} characters.", nameof(adminSecret));
        }

        KeyRing ring = new(engine);
        ring.Read(store);
        if (adminSecret is not null)
        {
            await ring.ConfigureAsync(adminSecret, cancellation).ConfigureAwait(false);
        }
        else if (ring._byId.IsEmpty)
        {
            ring.FirstSecret = NewSecret();
            await ring.AddAsync(NewId(), "admin", "first", ring.FirstSecret, Labels.None, cancellation).ConfigureAwait(false);
        }

        return ring;
    }

    internal static string NewSecret() => SecretPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The caller with this secret.</summary>
    internal bool TryFind(ReadOnlySpan<char> secret, [NotNullWhen(true)] out Caller? caller)
    {
        caller = null;
        if (secret.Length is 0 or > MaxSecretLength)
        {
            return false;
        }

        Span<byte> text = stackalloc byte[MaxSecretLength * 3];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(secret, text)], hash);
        if (_byHash.TryGetValue(BitConverter.ToUInt64(hash), out StoredKey? key) && CryptographicOperations.FixedTimeEquals(hash, key.Hash))
        {
            caller = key.Caller;
        }

        return caller is not null;
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
        await _engine.WriteAsync([write], cancellation).ConfigureAwait(false);
        Keep(key);
        return key;
    }

    /// <summary>Revokes a key: from now on it is not known, and once the call returns not after a restart either.</summary>
    /// <exception cref="UnavailableException">It is not known whether it was revoked: it is valid until that is asked again.</exception>
    internal async Task<Revocation> RevokeAsync(string id)
    {
        StoredKey? key;
        lock (_revoking)
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
        return Revocation.Done;
    }

    private static string NewId() => "key_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12));

    private async Task ConfigureAsync(string secret, CancellationToken cancellation)
    {
        if (!TryFind(secret, out Caller? known))
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

    private void Read(IStore store)
    {
        try
        {
            using DbConnection connection = store.Data.OpenConnection();
            using DbCommand command = connection.CreateCommand();
            command.CommandText = "SELECT id, scope, name, hash, created_at, external_id, metadata FROM api_keys";
            using DbDataReader rows = command.ExecuteReader();
            while (rows.Read())
            {
                Labels labels = LabelText.Read(rows.GetString(5), rows.IsDBNull(6) ? null : rows.GetString(6));
                Keep(StoredKey.From(rows.GetString(0), rows.GetString(1), rows.GetString(2), (byte[])rows[3], new Instant(rows.GetInt64(4)), labels));
            }
        }
        catch (Exception fault) when (fault is DbException or FormatException)
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
}
