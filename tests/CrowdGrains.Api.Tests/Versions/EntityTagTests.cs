using CrowdGrains.Api.Calls;
using Microsoft.Extensions.Primitives;

namespace CrowdGrains.Api.Tests.Versions;

public sealed class EntityTagTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("*", null)]
    [InlineData("\"7\"", 7L)]
    [InlineData("\"7.1735689600000\"", 7L)]
    [InlineData(" \"7\" ", 7L)]
    [InlineData("7", -1L)]
    [InlineData("W/\"7\"", -1L)]
    [InlineData("\"x\"", -1L)]
    [InlineData("\"-7\"", -1L)]
    [InlineData("\"7\", \"8\"", -1L)]
    public void VersionOf_ReadsOurTagsAndNoOthers(string? header, long? version) =>
        Assert.Equal(version, EntityTags.VersionOf(header is null ? StringValues.Empty : new StringValues(header)));

    [Theory]
    [InlineData("\"7\"", true)]
    [InlineData("W/\"7\"", true)]
    [InlineData("*", true)]
    [InlineData("\"6\", \"7\"", true)]
    [InlineData("\"6\"", false)]
    [InlineData("7", false)]
    [InlineData("", false)]
    public void Matches_ComparesWeakly(string header, bool matches) => Assert.Equal(matches, EntityTags.Matches(header, "\"7\""));
}
