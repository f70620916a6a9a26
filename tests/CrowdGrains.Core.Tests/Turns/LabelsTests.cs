using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Tests.Turns;

public sealed class LabelsTests
{
    public static TheoryData<string, string> Faults => new()
    {
        { "external id missing", "/externalId" },
        { "external id long", "/externalId" },
        { "metadata default", "/metadata" },
        { "metadata many", "/metadata" },
        { "name empty", "/metadata" },
        { "name long", "/metadata" },
        { "value missing", "/metadata/a" },
        { "value long", "/metadata/a~1b~0c" },
        { "value long in bytes", "/metadata/a" },
    };

    [Fact]
    public void FindFault_FindsNoneAtTheLimits() => Assert.Null(new Labels(
        new string('x', 128),
        [.. Enumerable.Range(0, 16).Select(i => new KeyValuePair<string, string>($"{i}".PadLeft(64, 'n'), new string('v', 512)))]).FindFault());

    [Fact]
    public void FindFault_FindsNoneInNone() => Assert.Null(Labels.None.FindFault());

    [Theory]
    [MemberData(nameof(Faults))]
    public void FindFault_NamesTheField(string fault, string field) => Assert.Equal(field, Broken(fault).FindFault()?.Field);

    private static Labels Broken(string fault) => fault switch
    {
        "external id missing" => new Labels(null!, []),
        "external id long" => new Labels(new string('x', 129), []),
        "metadata default" => new Labels("", default),
        "metadata many" => new Labels("", [.. Enumerable.Range(0, 17).Select(i => new KeyValuePair<string, string>($"{i}", ""))]),
        "name empty" => new Labels("", [new("", "v")]),
        "name long" => new Labels("", [new(new string('n', 65), "v")]),
        "value missing" => new Labels("", [new("a", null!)]),
        "value long" => new Labels("", [new("a/b~c", new string('v', 513))]),
        _ => new Labels("", [new("a", new string('ö', 257))]),
    };
}
