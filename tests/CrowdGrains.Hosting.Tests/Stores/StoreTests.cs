using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Testing;

namespace CrowdGrains.Hosting.Tests.Stores;

/// <summary>What every store writes and reads.</summary>
public abstract class StoreTests : StoreOpenTests
{
    private const string Note = "INSERT INTO notes (id, text, number, bytes) VALUES (@p1, @p2, @p3, @p4)";

    [Fact]
    public void Write_IsReadBack()
    {
        GrainRow[] grains = [Rows.Helper("anna", 7, [0, 255, 1], Rows.At), Rows.Request(1, 2)];
        EventRow[] events = [Rows.Event(1, actor: "key:1"), Rows.Event(2, request: 1, data: """{"a":1}""")];

        Store.Write(Rows.Batch(grains[0], grains[1], events[0], events[1]));

        Assert.Equal(Rows.Comparable(grains), Rows.Comparable(Store.Load([Ids.Anna, Ids.Request(1)])));
        Assert.Equal(Rows.Comparable(events), Rows.Comparable(Store.ReadEvents(0, 10)));
        Assert.Equal(2, Store.ReadLastSequence());
    }

    [Fact]
    public void Write_ReplacesAGrain()
    {
        Store.Write(Rows.Batch(Rows.Helper("anna", 1, [1], Rows.At), Rows.Helper("ben")));
        GrainRow next = Rows.Helper("anna", 2, [2, 2]);

        Store.Write(Rows.Batch(next));

        Assert.Equal(Rows.Comparable([next]), Rows.Comparable(Store.Load([Ids.Anna])));
    }

    [Fact]
    public void Write_IsThereAfterReopening()
    {
        GrainRow anna = Rows.Helper("anna", 3, due: Rows.At);
        EventRow happened = Rows.Event(1, request: 1);
        Store.Write(Rows.Batch(anna, happened));

        Reopen();

        Assert.Equal(Rows.Comparable([anna]), Rows.Comparable(Store.Load([Ids.Anna])));
        Assert.Equal(Rows.Comparable([happened]), Rows.Comparable(Store.ReadEvents(0, 10)));
        Store.Write(Rows.Batch(Rows.Event(2)));
        Assert.Equal(2, Store.ReadLastSequence());
    }

    [Fact]
    public void Write_KeepsHelpersAndRequestsOfOneNameApart()
    {
        GrainRow helper = Rows.Helper("request-1", 1, [1]);
        GrainRow request = Rows.Request(1, 2, [2]);

        Store.Write(Rows.Batch(helper, request));

        Assert.Equal(Rows.Comparable([helper]), Rows.Comparable(Store.Load([Ids.Helper("request-1")])));
        Assert.Equal(Rows.Comparable([request]), Rows.Comparable(Store.Load([Ids.Request(1)])));
    }

    [Fact]
    public void Write_TellsNamesApartByCase()
    {
        Store.Write(Rows.Batch(Rows.Helper("Anna", 1), Rows.Helper("anna", 2)));

        Assert.Equal([1L, 2L], Store.Load([Ids.Helper("Anna"), Ids.Helper("anna")]).Select(row => row.Version).Order());
    }

    [Fact]
    public void Write_TakesAnEmptyBatch()
    {
        Store.Write(new StoreBatch());

        Assert.Equal(0, Store.ReadLastSequence());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 20)]
    public void Write_KeepsStatesAndDataOfAnySize(int size)
    {
        byte[] bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        EventRow happened = Rows.Event(1) with { Data = bytes };

        Store.Write(Rows.Batch(Rows.Helper("anna", state: bytes), happened));

        Assert.Equal(bytes, Assert.Single(Store.Load([Ids.Anna])).State.ToArray());
        Assert.Equal(bytes, Assert.Single(Store.ReadEvents(0, 1)).Data.ToArray());
    }

    [Fact]
    public void Write_KeepsTextOfAllLanguages()
    {
        const string Text = "Zoë Ångström 日本語 🛠️ ' \" \\ %";
        EventRow happened = Rows.Event(1, actor: Text, data: Text);

        Store.Write(Rows.Batch(happened, new SqlWrite(Note, 1L, Text, null, null)));

        Assert.Equal(Rows.Comparable([happened]), Rows.Comparable(Store.ReadEvents(0, 1)));
        Assert.Equal([Text], Query("SELECT text FROM notes"));
    }

    [Fact]
    public void Write_KeepsTextLongerThanAName()
    {
        string text = new('é', 10_000);

        Store.Write(Rows.Batch(Rows.Event(1, actor: text)));

        Assert.Equal(text, Assert.Single(Store.ReadEvents(0, 1)).Actor);
    }

    [Fact]
    public void Write_TakesValuesOfEveryType()
    {
        Store.Write(Rows.Batch(
            new SqlWrite(Note, long.MaxValue, "", 0.1, new byte[] { 0, 255 }), new SqlWrite(Note, long.MinValue, null, null, null)));

        Assert.Equal([long.MinValue, long.MaxValue], Query("SELECT id FROM notes ORDER BY id"));
        Assert.Equal([DBNull.Value, ""], Query("SELECT text FROM notes ORDER BY id"));
        Assert.Equal([DBNull.Value, 0.1], Query("SELECT number FROM notes ORDER BY id"));
        Assert.Equal([DBNull.Value, new byte[] { 0, 255 }], Query("SELECT bytes FROM notes ORDER BY id"));
    }

    [Fact]
    public void Write_FindsParametersByTheirNumbers()
    {
        const string Sql = "INSERT INTO notes (text, id, number) VALUES (@p2, @p1, @p3) ON CONFLICT (id) DO UPDATE SET text = @p2, number = @p3";

        Store.Write(Rows.Batch(new SqlWrite(Sql, 1L, "first", 1.5), new SqlWrite(Sql, 1L, "second", null)));

        Assert.Equal(["second"], Query("SELECT text FROM notes"));
        Assert.Equal([DBNull.Value], Query("SELECT number FROM notes"));
    }

    [Fact]
    public void Write_ExecutesStatementsInOrderAndBeforeTheRows()
    {
        Store.Write(Rows.Batch(
            Rows.Helper("anna"),
            new SqlWrite(Note, 1L, "first", null, null),
            new SqlWrite("UPDATE notes SET text = @p1", "second"),
            new SqlWrite("INSERT INTO notes (id) SELECT 100 + count(*) FROM grains")));

        Assert.Equal([1L, 100L], Query("SELECT id FROM notes ORDER BY id"));
        Assert.Equal(["second"], Query("SELECT text FROM notes WHERE id = 1"));
    }

    [Fact]
    public void Write_UndoesEverythingWhenAStatementFails()
    {
        Store.Write(Rows.Batch(new SqlWrite(Note, 1L, "there", null, null)));

        StoreException fault = Assert.Throws<StoreException>(() => Store.Write(Rows.Batch(
            new SqlWrite(Note, 2L, "new", null, null), new SqlWrite(Note, 1L, "again", null, null), Rows.Helper("anna"), Rows.Event(1))));

        Assert.True(fault.IsRejection);
        AssertNothingButNote1();
    }

    [Fact]
    public void Write_UndoesEverythingWhenAnEventIsThereAlready()
    {
        Store.Write(Rows.Batch(Rows.Event(1, type: "first")));

        Assert.Throws<StoreException>(() => Store.Write(Rows.Batch(
            new SqlWrite(Note, 1L, "new", null, null), Rows.Helper("anna"), Rows.Event(2), Rows.Event(1, type: "second"))));

        Assert.Empty(Query("SELECT id FROM notes"));
        Assert.Empty(Store.Load([Ids.Anna]));
        Assert.Equal("first", Assert.Single(Store.ReadEvents(0, 10)).Type);
    }

    [Theory]
    [InlineData("INSERT INTO nowhere (id) VALUES (@p1)")]
    [InlineData("INSERT IN")]
    public void Write_UndoesEverythingWhenAStatementIsWrong(string sql)
    {
        Store.Write(Rows.Batch(new SqlWrite(Note, 1L, "there", null, null)));

        StoreException fault = Assert.Throws<StoreException>(() => Store.Write(Rows.Batch(
            new SqlWrite(Note, 2L, "new", null, null), new SqlWrite(sql, 1L), Rows.Helper("anna"), Rows.Event(1))));

        Assert.True(fault.IsRejection);
        AssertNothingButNote1();
    }

    [Fact]
    public void Write_RefusesAValueOfAnotherType()
    {
        Store.Write(Rows.Batch(new SqlWrite(Note, 1L, "there", null, null)));

        StoreException fault = Assert.Throws<StoreException>(() => Store.Write(Rows.Batch(
            new SqlWrite(Note, 2L, "new", null, null), new SqlWrite(Note, 3L, DateTime.UnixEpoch, null, null), Rows.Helper("anna"))));

        Assert.True(fault.IsRejection);
        Assert.Contains("DateTime", fault.Message, StringComparison.Ordinal);
        AssertNothingButNote1();
    }

    [Fact]
    public void Write_RefusesTooFewValues()
    {
        Store.Write(Rows.Batch(new SqlWrite(Note, 1L, "there", null, null)));

        Assert.Throws<StoreException>(() => Store.Write(Rows.Batch(new SqlWrite(Note, 2L), Rows.Helper("anna"))));

        AssertNothingButNote1();
    }

    [Fact]
    public void Write_RefusesTheRecordOfACell()
    {
        Store.Write(Rows.Batch(new SqlWrite(Note, 1L, "there", null, null)));
        GrainRow cell = new(H3.CellIndex.FromLatLng(Sites.Home, 8), 1, default, null);

        Assert.Throws<StoreException>(() => Store.Write(Rows.Batch(Rows.Helper("anna"), cell)));

        AssertNothingButNote1();
    }

    [Fact]
    public void Write_WorksAgainAfterAFailure()
    {
        SqlWrite note = new(Note, 1L, "there", null, null);
        Store.Write(Rows.Batch(note));
        Assert.Throws<StoreException>(() => Store.Write(Rows.Batch(note)));

        Store.Write(Rows.Batch(Rows.Helper("anna"), Rows.Event(1)));

        Assert.Single(Store.Load([Ids.Anna]));
    }

    [Fact]
    public void Write_TakesLargeBatches()
    {
        const int Count = 20_000;
        StoreBatch batch = new();
        for (int i = 1; i <= Count; i++)
        {
            batch.Grains.Add(Rows.Helper($"h{i}", i));
            batch.Events.Add(Rows.Event(i, request: i));
        }

        Store.Write(batch);

        Assert.Equal(Count, Store.ReadLastSequence());
        Assert.Equal(Enumerable.Range(1, Count).Select(i => (long)i), Store.ReadEvents(0, Count + 1).Select(row => row.Sequence));
        GrainId[] all = [.. batch.Grains.Select(row => row.Grain)];
        Assert.Equal(Rows.Comparable(batch.Grains), Rows.Comparable(Store.Load(all)));
    }

    [Fact]
    public void Load_LeavesOutWhatDoesNotExist()
    {
        Store.Write(Rows.Batch(Rows.Helper("anna")));

        Assert.Equal((GrainId)Ids.Anna, Assert.Single(Store.Load([Ids.Ben, Ids.Anna, Ids.Request(1)])).Grain);
        Assert.Empty(Store.Load([Ids.Ben]));
        Assert.Empty(Store.Load([]));
    }

    [Fact]
    public void ReadDues_GivesArmedTimersOnly()
    {
        Store.Write(Rows.Batch(
            Rows.Helper("anna", due: Rows.At), Rows.Helper("ben"), Rows.Request(1, due: new Instant(5)), Rows.Helper("cora", due: Rows.At)));
        Store.Write(Rows.Batch(Rows.Helper("cora", 2), Rows.Helper("anna", 2, due: new Instant(-7))));

        Assert.Equal(
            [(Ids.Anna, new Instant(-7)), (Ids.Request(1), new Instant(5))],
            Store.ReadDues().OrderBy(due => due.Due));
    }

    [Fact]
    public void ReadDues_GivesEachOnceOverManyPages()
    {
        const int Count = 30_000;
        StoreBatch batch = new();
        for (int i = 1; i <= Count; i++)
        {
            batch.Grains.Add(i % 2 == 0 ? Rows.Helper($"h{i}", due: new Instant(i)) : Rows.Request(i, due: new Instant(i)));
        }

        Store.Write(batch);

        Assert.Equal(batch.Grains.Select(row => (row.Grain, new Instant(row.Due!.Value.UnixMilliseconds))), Store.ReadDues().OrderBy(due => due.Due));
    }

    [Fact]
    public void ReadDues_LetsWritesPassWhileItIsHeld()
    {
        Store.Write(Rows.Batch(Rows.Helper("anna", due: Rows.At), Rows.Helper("ben", due: Rows.At)));
        using IEnumerator<(GrainId, Instant)> dues = Store.ReadDues().GetEnumerator();
        Assert.True(dues.MoveNext());

        Store.Write(Rows.Batch(Rows.Helper("cora")));

        Assert.Single(Store.Load([Ids.Cora]));
    }

    [Fact]
    public void ReadEvents_GivesAPageAfterASequence()
    {
        Store.Write(Rows.Batch([.. Enumerable.Range(1, 10).Select(i => (object)Rows.Event(i))]));

        Assert.Equal([4L, 5L, 6L], Store.ReadEvents(3, 3).Select(row => row.Sequence));
        Assert.Equal([10L], Store.ReadEvents(9, 3).Select(row => row.Sequence));
        Assert.Empty(Store.ReadEvents(10, 3));
    }

    [Fact]
    public void ReadTimeline_GivesTheEventsOfOneRequest()
    {
        Store.Write(Rows.Batch(
            Rows.Event(1, request: 1), Rows.Event(2), Rows.Event(3, request: 2), Rows.Event(4, request: 1), Rows.Event(5, request: 1)));

        Assert.Equal([1L, 4L, 5L], Store.ReadTimeline(Ids.Request(1), 0, 10).Select(row => row.Sequence));
        Assert.Equal([4L], Store.ReadTimeline(Ids.Request(1), 1, 1).Select(row => row.Sequence));
        Assert.Empty(Store.ReadTimeline(Ids.Request(3), 0, 10));
    }

    private void AssertNothingButNote1()
    {
        Assert.Equal([1L], Query("SELECT id FROM notes"));
        Assert.Empty(Store.Load([Ids.Anna]));
        Assert.Equal(0, Store.ReadLastSequence());
    }
}
