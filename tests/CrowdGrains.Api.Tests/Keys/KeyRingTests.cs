using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Tests.Events;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Testing.Postgres;

namespace CrowdGrains.Api.Tests.Keys;

/// <summary>The SQL of keys, on both databases.</summary>
public sealed class KeyRingTests(PostgresServer postgres) : IDisposable
{
    private const string Secret = "a-secret-of-the-configuration";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-keys-");
    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keys_ComeBackAsTheyWere(bool isPostgres)
    {
        using IExclusiveStore store = Open(isPostgres);
        KeyRing ring = await OpenAsync(store, Secret);
        await ring.AddAsync("key_1", "partner:p1", "desk", "secret-1", new Labels("crm-7", [new("team", "red")]), _stop);
        await ring.AddAsync("key_2", "dispatch", "", "secret-2", Labels.None, _stop);
        Assert.Equal(Revocation.Done, await ring.RevokeAsync("key_2"));

        KeyRing again = await OpenAsync(store, "another-secret-of-the-configuration");

        Assert.True(again.TryGet("key_1", out StoredKey? kept));
        Assert.Equal(("desk", "partner:p1", "crm-7", "red"), (kept.Name, kept.Caller.ScopeText, kept.Labels.ExternalId, kept.Labels.Metadata[0].Value));
        Assert.Null(await again.FindAsync("secret-2", _stop));
        Assert.Null(await again.FindAsync(Secret, _stop));
        Assert.NotNull(await again.FindAsync("another-secret-of-the-configuration", _stop));
        Assert.Equal(2, again.Count);
    }

    [Fact]
    public async Task Revoke_LeavesTheKeyWhenItCannotBeWritten()
    {
        using IExclusiveStore store = Open(isPostgres: false);
        LogEngine engine = new(store);
        KeyRing ring = await KeyRing.OpenAsync(engine, store, Secret, _stop);
        await ring.AddAsync("key_1", "dispatch", "", "secret-1", Labels.None, _stop);
        engine.IsUnavailable = true;
        await Assert.ThrowsAsync<UnavailableException>(() => ring.RevokeAsync("key_1"));
        Assert.NotNull(await ring.FindAsync("secret-1", _stop));

        engine.IsUnavailable = false;

        Assert.Equal(Revocation.Done, await ring.RevokeAsync("key_1"));
        Assert.Equal(Revocation.NotFound, await ring.RevokeAsync("key_1"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<KeyRing> OpenAsync(IExclusiveStore store, string secret) => KeyRing.OpenAsync(new LogEngine(store), store, secret, _stop);

    private IExclusiveStore Open(bool isPostgres)
    {
        if (!isPostgres)
        {
            return SqliteStore.Open(_folder.FullName);
        }

        Assert.SkipUnless(postgres.TryStart(out string whyNot), whyNot);
        return PostgresStore.Open(postgres.CreateDatabase());
    }
}
