using System.Buffers;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Records;

/// <summary>
/// The durable part of a grain as bytes, and back. The first byte is the number of the format: a program that changes the order or
/// the meaning of anything here raises it and still reads the formats before. The version is the store's own column, not among the bytes.
/// </summary>
public static class GrainRecord
{
    /// <summary>The format that is written.</summary>
    public const byte Format = 1;

    /// <exception cref="ArgumentException">The grain is of a kind that has nothing durable.</exception>
    public static void Write(GrainState grain, IBufferWriter<byte> output)
    {
        RecordWriter writer = new(output);
        writer.Byte(Format);
        WriteCommon(ref writer, grain);
        switch (grain)
        {
            case HelperState helper:
                HelperRecord.Write(ref writer, helper);
                break;
            case RequestState request:
                RequestRecord.Write(ref writer, request);
                break;
            default:
                throw new ArgumentException($"A {grain.Id.Kind} has no record.", nameof(grain));
        }

        writer.Complete();
    }

    /// <summary>The grain as it was after the turn that made it <paramref name="version"/>; what is soft is as in a grain that has just woken up.</summary>
    /// <exception cref="ArgumentException">The grain is of a kind that has nothing durable.</exception>
    /// <exception cref="GrainRecordException">The bytes are no record of this grain.</exception>
    public static GrainState Read(GrainId grain, long version, ReadOnlySpan<byte> record)
    {
        if (grain.Kind is not (GrainKind.Helper or GrainKind.Request))
        {
            throw new ArgumentException($"A {grain.Kind} has no record.", nameof(grain));
        }

        RecordReader reader = new(grain, record);
        byte format = reader.Byte();
        if (format != Format)
        {
            throw new GrainRecordException($"The record of {grain} has format {format}; this program reads format {Format}.");
        }

        GrainState state = GrainState.New(grain);
        state.Version = version;
        ReadCommon(ref reader, state);
        if (state is HelperState helper)
        {
            HelperRecord.Read(ref reader, helper);
        }
        else if (state is RequestState request)
        {
            RequestRecord.Read(ref reader, request);
        }

        reader.RequireEnd();
        try
        {
            state.CheckInvariants();
        }
        catch (InvariantViolationException e)
        {
            throw reader.Garbled("a state that cannot be", e);
        }

        return state;
    }

    private static void WriteCommon(ref RecordWriter writer, GrainState grain)
    {
        writer.Signed(grain.EventCount);
        writer.Count(grain.Timers.Count);
        for (int i = 0; i < grain.Timers.Count; i++)
        {
            (TimerKey key, Instant due) = grain.Timers[i];
            writer.Byte((byte)key);
            writer.Time(due);
        }

        writer.Count(grain.Operations.Entries.Length);
        foreach ((OperationId operation, Answer answer) in grain.Operations.Entries)
        {
            writer.Text(operation.Value);
            writer.Byte((byte)answer.Code);
            writer.Text(answer.Field);
            writer.Text(answer.Detail);
        }

        writer.Count(grain.Operations.Next);
    }

    private static void ReadCommon(ref RecordReader reader, GrainState grain)
    {
        grain.EventCount = reader.Signed();
        int timers = reader.Count((int)TimerKey.CellSweep);
        for (int i = 0; i < timers; i++)
        {
            grain.Timers.Set((TimerKey)reader.Choice((int)TimerKey.CellSweep), reader.Time());
        }

        (OperationId, Answer)[] operations = new (OperationId, Answer)[reader.Count(grain.Operations.Capacity)];
        foreach (ref (OperationId, Answer) entry in operations.AsSpan())
        {
            entry = (new OperationId(reader.Id()), ReadAnswer(ref reader));
        }

        grain.Operations.Restore(operations, reader.Int32(Math.Max(0, operations.Length - 1)));
    }

    private static Answer ReadAnswer(ref RecordReader reader)
    {
        Answer answer = new((AnswerCode)reader.Choice((int)AnswerCode.OfferDeclined), reader.Text(), reader.Text());
        return answer == Answer.Ok ? Answer.Ok : answer;
    }
}
