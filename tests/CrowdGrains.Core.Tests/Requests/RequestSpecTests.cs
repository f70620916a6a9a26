using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Requests;

public sealed class RequestSpecTests
{
    private static readonly Instant Now = ManualClock.Start;

    public static TheoryData<string, string> Faults => new()
    {
        { "customer", "/customerId" },
        { "problem", "/problem" },
        { "skills default", "/skills" },
        { "skills many", "/skills" },
        { "skill unnamed", "/skills/0/name" },
        { "skill name long", "/skills/0/name" },
        { "skill level low", "/skills/1/level" },
        { "skill level high", "/skills/0/level" },
        { "languages default", "/languages" },
        { "languages many", "/languages" },
        { "severity", "/severity" },
        { "deadline past", "/window/deadline" },
        { "deadline before window", "/window/deadline" },
        { "deadline at the window", "/window/deadline" },
        { "window far", "/window/notBefore" },
        { "window long", "/window/deadline" },
        { "window of an appointment long", "/window/deadline" },
        { "labels", "/externalId" },
        { "channel", "/channel" },
        { "description", "/description" },
    };

    [Fact]
    public void FindFault_FindsNoneInAGoodSpec() => Assert.Null(RequestStage.Spec().FindFault(TinyCatalogue.Value, Now));

    [Fact]
    public void FindFault_FindsNoneInAWindowOf30Days()
    {
        RequestSpec soon = RequestStage.Spec() with { Deadline = Now + TimeSpan.FromDays(30) };
        RequestSpec later = RequestStage.Spec() with { NotBefore = Now + TimeSpan.FromDays(100), Deadline = Now + TimeSpan.FromDays(130) };
        Assert.Null(soon.FindFault(TinyCatalogue.Value, Now));
        Assert.Null(later.FindFault(TinyCatalogue.Value, Now));
    }

    [Fact]
    public void FindFault_FindsNoneAtTheLimits() => Assert.Null((RequestStage.Spec() with
    {
        Skills = [new SkillNeed("a", 1), .. Enumerable.Range(1, 7).Select(i => new SkillNeed($"{i}".PadLeft(64, 's'), 5))],
        Languages = [.. Enumerable.Repeat("de", 8)],
        NotBefore = Now + TimeSpan.FromDays(366),
        Channel = new string('a', 32),
        Description = new string('a', 2000),
    }).FindFault(TinyCatalogue.Value, Now));

    [Theory]
    [MemberData(nameof(Faults))]
    public void FindFault_NamesTheField(string fault, string field) => Assert.Equal(field, Broken(fault).FindFault(TinyCatalogue.Value, Now)?.Field);

    private static RequestSpec Broken(string fault)
    {
        RequestSpec good = RequestStage.Spec();
        return fault switch
        {
            "customer" => good with { Customer = CustomerId.Erased },
            "problem" => good with { Problem = "no-such" },
            "skills default" => good with { Skills = default },
            "skills many" => good with { Skills = [.. Enumerable.Range(0, 9).Select(i => new SkillNeed($"s{i}", 1))] },
            "skill unnamed" => good with { Skills = [new SkillNeed("", 1)] },
            "skill name long" => good with { Skills = [new SkillNeed(new string('a', 65), 1)] },
            "skill level low" => good with { Skills = [new SkillNeed("a", 1), new SkillNeed("b", 0)] },
            "skill level high" => good with { Skills = [new SkillNeed("a", 6)] },
            "languages default" => good with { Languages = default },
            "languages many" => good with { Languages = [.. Enumerable.Repeat("de", 9)] },
            "severity" => good with { Severity = (Severity)9 },
            "deadline past" => good with { Deadline = Now },
            "deadline before window" => good with { NotBefore = Now + TimeSpan.FromHours(2), Deadline = Now + TimeSpan.FromHours(1) },
            "deadline at the window" => good with { NotBefore = Now + TimeSpan.FromHours(1), Deadline = Now + TimeSpan.FromHours(1) },
            "window far" => good with { NotBefore = Now + TimeSpan.FromDays(367) },
            "window long" => good with { Deadline = Now + TimeSpan.FromDays(30) + TimeSpan.FromMilliseconds(1) },
            "window of an appointment long" => good with { NotBefore = Now + TimeSpan.FromDays(1), Deadline = Now + TimeSpan.FromDays(31.1) },
            "labels" => good with { Labels = new Labels(new string('x', 129), []) },
            "channel" => good with { Channel = new string('a', 33) },
            _ => good with { Description = new string('a', 2001) },
        };
    }
}
