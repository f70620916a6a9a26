using System.Buffers;
using CrowdGrains.Core.Records;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Tests.Records;

public sealed class RecordAllocationTests
{
    public static TheoryData<string> StateNames => new(Examples.States.Keys);

    [Theory]
    [MemberData(nameof(StateNames))]
    public void Write_AllocatesNothing(string name)
    {
        GrainState state = Examples.States[name]();
        ArrayBufferWriter<byte> output = new(16_384);
        Assert.Equal(0, Allocations.Measure(_ =>
        {
            output.ResetWrittenCount();
            GrainRecord.Write(state, output);
        }));
    }
}
