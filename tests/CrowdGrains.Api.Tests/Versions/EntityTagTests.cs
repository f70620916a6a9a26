using CrowdGrains.Api.Calls;
using Microsoft.Extensions.Primitives;

namespace CrowdGrains.Api.Tests.Versions;

public sealed class EntityTagTests
{
    [Theory]
    [InlineData("\"7\"", 7L)]
    [InlineData("\"7.1735689600000\"", 7L)]
    [InlineData(" \"7\" ", 7L)]
    [InlineData("7")]
    [InlineData("W/\"7\"")]
    [InlineData("\"x\"")]
    [InlineData("\"-7\"")]
    [InlineData("\"7\", \"8\"", 7L, 8L)]
    [InlineData("\"other, theirs\",\"7\" , W/\"8\"", 7L)]
    public void VersionsOf_ReadsOurTagsAndNoOthers(string header, params long[] versions) =>
        Assert.Equal(versions, EntityTags.VersionsOf(header)?.Named);

    [Fact]
    public void VersionsOf_ReadsTagsOfSeveralHeaders() =>
        Assert.Equal([7, 8], EntityTags.VersionsOf(new StringValues(["\"7\"", "\"8\""]))?.Named);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("*")]
    public void VersionsOf_IsNullWhenAnyVersionWillDo(string? header) => Assert.Null(EntityTags.VersionsOf(new StringValues(header)));

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
