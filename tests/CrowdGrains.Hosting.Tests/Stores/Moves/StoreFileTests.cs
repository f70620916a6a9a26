using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Migrations;
using CrowdGrains.Hosting.Stores.Moves;
using CrowdGrains.Hosting.Stores.Sqlite;

namespace CrowdGrains.Hosting.Tests.Stores.Moves;

/// <summary>The file by itself: what was written is read, and nothing else is.</summary>
public sealed class StoreFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-");

    private string Data => Path.Combine(_folder.FullName, "data");

    private string Exported => Path.Combine(_folder.FullName, "store.file");

    [Fact]
    public void Read_GivesWhatWasWritten()
    {
        RandomStore.Make(Data, seed: 1, rows: 300);
        StoreContents written = StoreExport.FromSqlite(Data, Exported);

        using StoreFileReader file = StoreFileReader.Open(Exported);
        MovedSection[] read = [.. MovedTables.All.Select(table => file.Read(table, block => block.CountRows(table), null))];
        file.RequireEnd();

        Assert.Equal(written.Sections, read);
        Assert.Equal((written.Schema, written.LastSequence), (file.Schema, file.LastSequence));
        Assert.Contains(written.Sections, section => section.Rows > 100);
    }

    [Fact]
    public void Open_RefusesEveryAlteredByte()
    {
        byte[] bytes = Export(seed: 2, rows: 2);
        for (int i = 0; i < bytes.Length; i += i < 100 || i > bytes.Length - 100 ? 1 : 1 + bytes.Length / 200)
        {
            byte[] altered = [.. bytes];
            altered[i] ^= (byte)(1 << (i % 8));
            File.WriteAllBytes(Exported, altered);

            string message = Assert.Throws<StoreException>(() => StoreFileReader.Open(Exported)).Message;

            Assert.StartsWith(Exported, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_RefusesAFileThatWasCutOff()
    {
        byte[] bytes = Export(seed: 3, rows: 2);
        foreach (int length in (int[])[8, 9, 24, 63, 64, 65, bytes.Length / 2, bytes.Length - 40, bytes.Length - 8, bytes.Length - 1])
        {
            File.WriteAllBytes(Exported, bytes[..length]);

            Assert.Equal(
                $"{Exported} was cut off: the end that crowdgrains export writes last is missing.",
                Assert.Throws<StoreException>(() => StoreFileReader.Open(Exported)).Message);
        }
    }

    [Fact]
    public void Open_RefusesAFileThatWentOnAfterItsEnd()
    {
        byte[] bytes = Export(seed: 3, rows: 2);
        File.WriteAllBytes(Exported, [.. bytes, .. bytes[^40..]]);

        Assert.Contains("was altered", Assert.Throws<StoreException>(() => StoreFileReader.Open(Exported)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Somebody wrote this, and it is about nothing at all, but long enough to have had a head and an end.")]
    [InlineData("SQLite format 3\0")]
    public void Open_RefusesAnotherFile(string text)
    {
        File.WriteAllText(Exported, text);

        Assert.Equal($"{Exported} is not a file that crowdgrains export wrote.", Assert.Throws<StoreException>(() => StoreFileReader.Open(Exported)).Message);
    }

    [Fact]
    public void Open_SaysThatThereIsNoFile()
    {
        Assert.EndsWith("does not exist.", Assert.Throws<StoreException>(() => StoreFileReader.Open(Exported)).Message, StringComparison.Ordinal);
        Assert.EndsWith("is a folder.", Assert.Throws<StoreException>(() => StoreFileReader.Open(_folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_WritesAFileForItsOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files have no modes there");
        Export(seed: 4, rows: 1);

#pragma warning disable CA1416 // Skipped on Windows.
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Exported));
#pragma warning restore CA1416
        Assert.Equal(["data", "store.file"], _folder.EnumerateFileSystemInfos().Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Export_SaysWhatItCannotUse()
    {
        string none = Path.Combine(_folder.FullName, "none");
        Assert.Equal($"{none} holds no store.", Assert.Throws<StoreException>(() => StoreExport.FromSqlite(none, Exported)).Message);

        RandomStore.Make(Data, seed: 5, rows: 1);
        string store = Path.Combine(Data, SqliteStore.FileName);
        Assert.Equal($"{store} is the store itself.", Assert.Throws<StoreException>(() => StoreExport.FromSqlite(Data, store)).Message);

        string path = Path.Combine(none, "store.file");
        Assert.StartsWith($"{path} cannot be written", Assert.Throws<StoreException>(() => StoreExport.FromSqlite(Data, path)).Message, StringComparison.Ordinal);

        File.WriteAllText(store, string.Concat(Enumerable.Repeat("Somebody wrote this. ", 1000)));
        Assert.Equal($"{store} is not a database.", Assert.Throws<StoreException>(() => StoreExport.FromSqlite(Data, Exported)).Message);
        Assert.False(File.Exists(Exported));
    }

    [Fact]
    public void Export_SaysHowAnOlderStoreIsBroughtUpToDate()
    {
        SqliteStore.Open(Data, Migration.Sqlite[..^1]).Dispose();

        string message = Assert.Throws<StoreException>(() => StoreExport.FromSqlite(Data, Exported)).Message;

        Assert.Contains($"schema {Migration.Sqlite.Length - 1}", message, StringComparison.Ordinal);
        Assert.Contains("start its server once with this version", message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private byte[] Export(int seed, int rows)
    {
        RandomStore.Make(Data, seed, rows);
        StoreExport.FromSqlite(Data, Exported);
        return File.ReadAllBytes(Exported);
    }
}
