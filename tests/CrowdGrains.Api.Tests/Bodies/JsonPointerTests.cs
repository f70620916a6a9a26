using CrowdGrains.Api.Bodies;
using FsCheck;
using FsCheck.Fluent;

namespace CrowdGrains.Api.Tests.Bodies;

public sealed class JsonPointerTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("$", "")]
    [InlineData("$.name", "/name")]
    [InlineData("$.skills[0].level", "/skills/0/level")]
    [InlineData("$[2]", "/2")]
    [InlineData("$.metadata['a.b']", "/metadata/a.b")]
    [InlineData("$.metadata['a/b~c']", "/metadata/a~1b~0c")]
    [InlineData("$.metadata['x[0]'].y", "/metadata/x[0]/y")]
    [InlineData("$[']']", "/]")]
    [InlineData("$['']']", "/']")]
    [InlineData("$['']']']", "/']']")]
    [InlineData("$.metadata['']'].y", "/metadata/']/y")]
    [InlineData("$['", "/'")]
    public void StepsOf_ReadsPathsOfTheSerializer(string? path, string expected) => Assert.Equal(expected, JsonPointer.Of(JsonPointer.StepsOf(path)));

    [Fact]
    public void StepsOf_ReadsAnyPath()
    {
        Gen<string> paths = Gen.ArrayOf(Gen.Elements("$.[]'a0/~".ToCharArray())).Select(letters => new string(letters));
        Prop.ForAll(paths.ToArbitrary(), path => JsonPointer.StepsOf(path).Count <= path.Length).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }
}
