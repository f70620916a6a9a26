using System.Buffers;
using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Records;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Records;

public sealed class GrainRecordTests
{
    public static TheoryData<string> StateNames => new(Examples.States.Keys);

    [Theory]
    [MemberData(nameof(StateNames))]
    public void Read_GivesBackAllThatIsDurable(string name)
    {
        GrainState state = Examples.States[name]();
        Assert.Equal(RecordCopy.Durable(state), RecordCopy.Durable(RecordCopy.Of(state)));
    }

    [Theory]
    [MemberData(nameof(StateNames))]
    public void Write_GivesTheSameBytesForACopy(string name)
    {
        GrainState state = Examples.States[name]();
        Assert.Equal(RecordCopy.Bytes(state), RecordCopy.Bytes(RecordCopy.Of(state)));
    }

    [Fact]
    public void Read_LeavesTheHelperWithoutAPlace()
    {
        HelperState copy = RecordCopy.Of(HelperStage.Online().State);
        Assert.True(copy.ListedIn.IsNone);
        Assert.Equal(Instant.Never, copy.SeenAt);
        Assert.Null(copy.ToSnapshot()!.Position);
    }

    [Fact]
    public void Read_TakesTheVersionItIsGiven() =>
        Assert.Equal(17, GrainRecord.Read(Ids.Anna, 17, RecordCopy.Bytes(HelperStage.Registered().State)).Version);

    [Theory]
    [MemberData(nameof(StateNames))]
    public void Read_ThrowsWhereverTheRecordIsCutOff(string name)
    {
        GrainState state = Examples.States[name]();
        byte[] record = RecordCopy.Bytes(state);
        for (int length = 0; length < record.Length; length++)
        {
            Assert.Throws<GrainRecordException>(() => GrainRecord.Read(state.Id, 1, record.AsSpan(0, length)));
        }
    }

    [Theory]
    [MemberData(nameof(StateNames))]
    public void Read_ThrowsOrReadsAState_WhateverAByteIs(string name)
    {
        GrainState state = Examples.States[name]();
        byte[] record = RecordCopy.Bytes(state);
        int refused = 0;
        for (int at = 0; at < record.Length; at++)
        {
            byte was = record[at];
            foreach (byte value in new byte[] { 0, 1, 0x7F, 0x80, 0xFF, (byte)(was + 1), (byte)(was ^ 0x80) })
            {
                record[at] = value;
                refused += IsRefused(state.Id, record) ? 1 : 0;
            }

            record[at] = was;
        }

        Assert.True(refused > record.Length / 2, $"{refused} of {7 * record.Length} garbled records were refused.");
    }

    [Fact]
    public void Read_ThrowsOrReadsAState_WhateverTheBytesAre()
    {
        byte[] noise = new byte[400];
        Random random = new(3);
        for (int i = 0; i < 20_000; i++)
        {
            int length = random.Next(noise.Length);
            random.NextBytes(noise.AsSpan(0, length));
            noise[0] = GrainRecord.Format;
            IsRefused(i % 2 == 0 ? Ids.Anna : Ids.Request(1), noise.AsSpan(0, length));
        }
    }

    [Fact]
    public void Read_AllocatesNoMoreThanTheBytesCanFill()
    {
        // Format, no events, no timers, one answer, and its operation in two billion letters.
        byte[] huge = [GrainRecord.Format, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, (byte)'x'];
        Assert.Throws<GrainRecordException>(() => GrainRecord.Read(Ids.Anna, 1, huge));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<GrainRecordException>(() => GrainRecord.Read(Ids.Anna, 1, huge));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    [Fact]
    public void Read_ThrowsWhenSomethingFollows()
    {
        byte[] record = [.. RecordCopy.Bytes(HelperStage.Bound().State), 0];
        GrainRecordException thrown = Assert.Throws<GrainRecordException>(() => GrainRecord.Read(Ids.Anna, 1, record));
        Assert.Equal($"The record of Helper/anna holds more than its end before byte {record.Length - 1}.", thrown.Message);
    }

    [Fact]
    public void Read_NamesAFormatItDoesNotKnow()
    {
        byte[] record = RecordCopy.Bytes(HelperStage.Bound().State);
        record[0] = 9;
        GrainRecordException thrown = Assert.Throws<GrainRecordException>(() => GrainRecord.Read(Ids.Anna, 1, record));
        Assert.Equal("The record of Helper/anna has format 9; this program reads format 1.", thrown.Message);
    }

    [Fact]
    public void Read_ThrowsWhenTheStateCannotBe()
    {
        // Bound twice to one request: each byte is well-formed, the whole is not.
        HelperStage stage = HelperStage.Reserved(capacity: 2, offers: 2);
        byte[] record = RecordCopy.Bytes(stage.State);
        byte[] second = "offer-2"u8.ToArray();
        int at = record.AsSpan().IndexOf(second);
        record[at + second.Length - 1] = (byte)'1';
        Assert.IsType<InvariantViolationException>(
            Assert.Throws<GrainRecordException>(() => GrainRecord.Read(Ids.Anna, 1, record)).InnerException);
    }

    [Fact]
    public void Cell_HasNoRecord()
    {
        CellIndex cell = CellIndex.FromLatLng(Sites.Home, 7);
        Assert.Throws<ArgumentException>(() => GrainRecord.Write(new CellState(cell), new ArrayBufferWriter<byte>()));
        Assert.Throws<ArgumentException>(() => GrainRecord.Read(cell, 1, [GrainRecord.Format]));
    }

    /// <summary>True when the record was refused as it should; a record that was read must be one that can be written.</summary>
    private static bool IsRefused(GrainId grain, ReadOnlySpan<byte> record)
    {
        GrainState state;
        try
        {
            state = GrainRecord.Read(grain, 1, record);
        }
        catch (GrainRecordException)
        {
            return true;
        }

        Assert.NotEmpty(RecordCopy.Bytes(state));
        return false;
    }
}
