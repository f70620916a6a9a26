using CrowdGrains.Api.Bodies;

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
    public void StepsOf_ReadsPathsOfTheSerializer(string? path, string expected) => Assert.Equal(expected, JsonPointer.Of(JsonPointer.StepsOf(path)));
}
