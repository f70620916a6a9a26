using CrowdGrains.Core.Helpers;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Moves;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Testing.Postgres;

namespace CrowdGrains.Server.Tests.Commands;

/// <summary><c>export</c>, beside a store that is open in another process: this one.</summary>
public sealed class ExportTests : IDisposable
{
    private static readonly HelperId Anna = HelperId.From("anna");

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Export_WritesAStoreInUseAndSaysWhatItHolds()
    {
        using (SqliteStore store = SqliteStore.Open(_folder.At("data")))
        {
            store.Write(Version(7));

            Ended ended = await CommandLine.Run("export", "--data", _folder.At("data"), _folder.At("store.file"));

            Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
            Assert.Contains(" 1 grains", ended.Output, StringComparison.Ordinal);
            Assert.Contains(" 0 webhook_progress", ended.Output, StringComparison.Ordinal);
            Assert.Contains($"exported: {_folder.At("store.file")}", ended.Output, StringComparison.Ordinal);
            Assert.Contains("up to event 0.", ended.Output, StringComparison.Ordinal);
            Assert.Contains($"SHA-256 of the contents: {StoreExport.FromSqlite(_folder.At("data"), _folder.At("again")).Hash}", ended.Output, StringComparison.Ordinal);
            store.Write(Version(8));
        }
    }

    [Fact]
    public async Task Export_WritesADatabaseInUseAndAnotherHoldsTheSame()
    {
        using PostgresServer server = new();
        Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);
        string source = server.CreateDatabase();
        string target = server.CreateDatabase();
        PostgresStore.Open(target).Dispose();
        using PostgresStore store = PostgresStore.Open(source);
        store.Write(Version(7));

        Ended ended = await CommandLine.Run("export", "--postgres", source, _folder.At("store.file"));
        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        store.Write(Version(8));

        StoreContents imported = StoreImport.Run(_folder.At("store.file"), target);
        Assert.Contains(imported.Hash, ended.Output, StringComparison.Ordinal);
        using PostgresStore moved = PostgresStore.Open(target);
        Assert.Equal(7, Assert.Single(moved.Load([Anna])).Version);
    }

    public void Dispose() => _folder.Dispose();

    private static StoreBatch Version(long version) => new() { Grains = { new GrainRow(Anna, version, new byte[] { 1 }, null) } };
}
