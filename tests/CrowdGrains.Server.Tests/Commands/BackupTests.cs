using CrowdGrains.Core.Helpers;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Sqlite;

namespace CrowdGrains.Server.Tests.Commands;

/// <summary><c>backup</c> and <c>restore</c>, beside a store that is open in another process: this one.</summary>
public sealed class BackupTests : IDisposable
{
    private const int Input = 2;

    private static readonly HelperId Anna = HelperId.From("anna");

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Backup_CopiesAStoreInUse_AndRestoreMakesItAStoreAgain()
    {
        using (SqliteStore store = Make("data", version: 7))
        {
            Ended backup = await CommandLine.Run("backup", "--data", _folder.At("data"), _folder.At("backup.db"));
            Assert.Equal((0, ""), (backup.ExitCode, backup.Error));
            store.Write(Version(8));
        }

        Ended restore = await CommandLine.Run("restore", _folder.At("backup.db"), "--data", _folder.At("other"));

        Assert.Equal((0, ""), (restore.ExitCode, restore.Error));
        using SqliteStore restored = SqliteStore.Open(_folder.At("other"));
        Assert.Equal(7, Assert.Single(restored.Load([Anna])).Version);
    }

    [Fact]
    public async Task Restore_ReplacesAStoreWithForce()
    {
        Make("data", version: 1).Dispose();
        Make("other", version: 2).Dispose();
        Assert.Equal(0, (await CommandLine.Run("backup", "--data", _folder.At("other"), _folder.At("backup.db"))).ExitCode);

        Ended refused = await CommandLine.Run("restore", _folder.At("backup.db"), "--data", _folder.At("data"));
        Ended restored = await CommandLine.Run("restore", _folder.At("backup.db"), "--data", _folder.At("data"), "--force");

        Assert.Equal((Input, $"{_folder.At("data")} holds a store already; --force replaces it."), (refused.ExitCode, refused.Error.Trim()));
        Assert.Equal((0, ""), (restored.ExitCode, restored.Error));
        using SqliteStore store = SqliteStore.Open(_folder.At("data"));
        Assert.Equal(2, Assert.Single(store.Load([Anna])).Version);
    }

    [Fact]
    public async Task Restore_RefusesAStoreInUse()
    {
        using SqliteStore store = Make("data", version: 1);
        store.BackUp(_folder.At("backup.db"));

        Ended ended = await CommandLine.Run("restore", _folder.At("backup.db"), "--data", _folder.At("data"), "--force");

        Assert.Equal((Input, $"{_folder.At("data")} is in use by another server."), (ended.ExitCode, ended.Error.Trim()));
        store.Write(Version(2));
    }

    public void Dispose() => _folder.Dispose();

    private static StoreBatch Version(long version) => new() { Grains = { new GrainRow(Anna, version, new byte[] { 1 }, null) } };

    private SqliteStore Make(string name, long version)
    {
        SqliteStore store = SqliteStore.Open(_folder.At(name));
        store.Write(Version(version));
        return store;
    }
}
