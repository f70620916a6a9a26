using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Helpers;

public sealed class HelperProfileTests
{
    public static TheoryData<string, string> Faults => new()
    {
        { "name empty", "/name" },
        { "name too long", "/name" },
        { "tier", "/tier" },
        { "radius small", "/radiusMeters" },
        { "radius large", "/radiusMeters" },
        { "capacity small", "/capacity" },
        { "capacity large", "/capacity" },
        { "languages default", "/languages" },
        { "languages many", "/languages" },
        { "skills default", "/skills" },
        { "skills none", "/skills" },
        { "skills many", "/skills" },
        { "skill unnamed", "/skills/0/name" },
        { "skill name long", "/skills/0/name" },
        { "skill level low", "/skills/1/level" },
        { "skill level high", "/skills/1/level" },
        { "skill twice", "/skills/1/name" },
        { "labels", "/metadata" },
    };

    [Fact]
    public void FindFault_FindsNoneInAGoodProfile() => Assert.Null(Profiles.Technician.FindFault());

    [Fact]
    public void FindFault_FindsNoneAtTheLowerLimits() => Assert.Null((Profiles.Friend with
    {
        Name = "A",
        RadiusMeters = 100,
        Capacity = 1,
        Languages = [],
        Skills = [new Skill("a", 1)],
    }).FindFault());

    [Fact]
    public void FindFault_FindsNoneAtTheUpperLimits() => Assert.Null((Profiles.Friend with
    {
        Name = new string('a', 200),
        RadiusMeters = 500_000,
        Capacity = 100,
        Languages = [.. Enumerable.Repeat("de", 16)],
        Skills = [.. Enumerable.Range(0, 32).Select(i => new Skill($"{i}".PadLeft(64, 's'), 5))],
    }).FindFault());

    [Theory]
    [MemberData(nameof(Faults))]
    public void FindFault_NamesTheField(string fault, string field) => Assert.Equal(field, Broken(fault).FindFault()?.Field);

    [Theory]
    [InlineData(0, 0, 850)]
    [InlineData(10, 10, 925)]
    [InlineData(10, 0, 425)]
    public void ResolvedPermille_StartsFromTenAssumedVisits(int visits, int resolved, int permille) =>
        Assert.Equal(permille, new HelperStatistics(visits, resolved, 0, 0, Instant.Never).ResolvedPermille);

    private static HelperProfile Broken(string fault)
    {
        HelperProfile good = Profiles.Friend;
        return fault switch
        {
            "name empty" => good with { Name = "" },
            "name too long" => good with { Name = new string('a', 201) },
            "tier" => good with { Tier = (Tier)9 },
            "radius small" => good with { RadiusMeters = 99 },
            "radius large" => good with { RadiusMeters = 500_001 },
            "capacity small" => good with { Capacity = 0 },
            "capacity large" => good with { Capacity = 101 },
            "languages default" => good with { Languages = default },
            "languages many" => good with { Languages = [.. Enumerable.Repeat("de", 17)] },
            "skills default" => good with { Skills = default },
            "skills none" => good with { Skills = [] },
            "skills many" => good with { Skills = [.. Enumerable.Range(0, 33).Select(i => new Skill($"s{i}", 1))] },
            "skill unnamed" => good with { Skills = [new Skill("", 1)] },
            "skill name long" => good with { Skills = [new Skill(new string('a', 65), 1)] },
            "skill level low" => good with { Skills = [new Skill("a", 1), new Skill("b", 0)] },
            "labels" => good with { Labels = new Labels("", default) },
            "skill level high" => good with { Skills = [new Skill("a", 1), new Skill("b", 6)] },
            _ => good with { Skills = [new Skill("a", 1), new Skill("a", 2)] },
        };
    }
}
