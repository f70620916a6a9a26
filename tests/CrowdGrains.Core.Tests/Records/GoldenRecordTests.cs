using CrowdGrains.Core.Records;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Records;

/// <summary>
/// Records as they stand in stores today. What cannot read them, or reads them differently, loses what customers were promised: a change
/// here means a new format number, and these files stay for ever.
/// </summary>
public sealed class GoldenRecordTests
{
    [Theory]
    [InlineData("helper-1")]
    [InlineData("helper-2")]
    [InlineData("request-1")]
    [InlineData("request-2")]
    public void Read_GivesWhatWasWritten(string name)
    {
        GrainState state = Read(name);
        Assert.Equal(Sources.Read(PathOf(name, "txt")).TrimEnd('\n'), RecordCopy.Durable(state));
    }

    [Theory]
    [InlineData("helper-1")]
    [InlineData("helper-2")]
    [InlineData("request-1")]
    [InlineData("request-2")]
    public void Write_GivesTheSameBytes(string name) => Assert.Equal(Bytes(name), RecordCopy.Bytes(Read(name)));

    private static GrainState Read(string name) =>
        GrainRecord.Read(name.StartsWith("helper", StringComparison.Ordinal) ? Ids.Anna : Ids.Request(1), 99, Bytes(name));

    private static byte[] Bytes(string name) =>
        Convert.FromHexString(Sources.Read(PathOf(name, "hex")).ReplaceLineEndings("").Replace("\n", "", StringComparison.Ordinal));

    private static string PathOf(string name, string extension) => $"tests/CrowdGrains.Core.Tests/Records/Golden/{name}.{extension}";
}
