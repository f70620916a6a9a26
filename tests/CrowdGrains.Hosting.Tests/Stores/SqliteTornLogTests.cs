using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Testing;

namespace CrowdGrains.Hosting.Tests.Stores;

/// <summary>
/// What a power cut may leave of the write-ahead log. Wherever it ends or is torn, the store holds the batches before that place, each of
/// them whole, and nothing of those after it; and it takes the next.
/// </summary>
public sealed class SqliteTornLogTests : IDisposable
{
    private const int Batches = 30;
    private const int Places = 60;
    private const int Seed = 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crowdgrains-");
    private readonly long[] _lengths = new long[Batches + 1];
    private readonly byte[] _file;
    private readonly byte[] _log;

    public SqliteTornLogTests()
    {
        string folder = _folder.CreateSubdirectory("whole").FullName;
        string file = Path.Combine(folder, SqliteStore.FileName);
        using SqliteStore store = SqliteStore.Open(folder);
        Random random = new(Seed);
        for (int number = 0; number <= Batches; number++)
        {
            if (number > 0)
            {
                // Some fit a page and others take many.
                byte[] state = new byte[random.Next(10, 20_000)];
                random.NextBytes(state);
                store.Write(Rows.Batch(Rows.Helper("anna", number, state), Rows.Request(number, number), Rows.Event(number)));
            }

            _lengths[number] = new FileInfo(file + "-wal").Length;
        }

        _file = Read(file);
        _log = Read(file + "-wal");
    }

    [Fact]
    public void Open_FindsWholeBatchesWhereverTheLogEnds()
    {
        Random random = new(Seed);
        IEnumerable<long> ends = [.. _lengths, .. _lengths[1..].Select(length => length - 1), .. Enumerable.Range(0, Places).Select(_ => random.NextInt64(_lengths[0], _log.Length))];
        foreach (long end in ends)
        {
            AssertHolds(_lengths.Count(length => length <= end) - 1, _log[..(int)end], $"the log ends at {end}");
        }
    }

    [Fact]
    public void Open_FindsTheBatchesBeforeATornPage()
    {
        Random random = new(Seed);
        for (int i = 0; i < Places; i++)
        {
            long place = random.NextInt64(_lengths[0], _log.Length);
            byte[] torn = [.. _log];
            torn[place] ^= 0xff;
            AssertHolds(_lengths.Count(length => length <= place) - 1, torn, $"byte {place} of the log is torn");
        }
    }

    [Fact]
    public void Open_PassesOverWhatWasNeverCommitted()
    {
        byte[] rest = new byte[10_000];
        new Random(Seed).NextBytes(rest);

        AssertHolds(Batches, [.. _log, .. rest], "the log ends with a write that was cut off");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void AssertHolds(int batches, byte[] log, string where)
    {
        string folder = _folder.CreateSubdirectory("torn").FullName;
        File.WriteAllBytes(Path.Combine(folder, SqliteStore.FileName), _file);
        File.WriteAllBytes(Path.Combine(folder, SqliteStore.FileName + "-wal"), log);
        using (SqliteStore store = SqliteStore.Open(folder))
        {
            Assert.Equal((where, (long)batches), (where, store.ReadLastSequence()));
            Assert.Equal((where, batches), (where, store.ReadEvents(0, Batches + 1).Count));
            Assert.Equal((where, (long)batches), (where, store.Load([Ids.Anna]) is [var anna] ? anna.Version : 0));
            Assert.Equal((where, batches), (where, store.Load([.. Enumerable.Range(1, Batches).Select(number => (Core.Turns.GrainId)Ids.Request(number))]).Count));
            store.Write(Rows.Batch(Rows.Helper("anna", batches + 1), Rows.Event(batches + 1)));
            Assert.Equal(batches + 1, store.ReadLastSequence());
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>As it is while the store has it open.</summary>
    private static byte[] Read(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
