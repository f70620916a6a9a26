using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Matching;

public sealed class EligibilityTests
{
    private static readonly Instant Now = ManualClock.Start;
    private static readonly Need Router = Needs.Router(Ids.Request(1));
    private static readonly HelperCard Anna = Profiles.Card("anna");

    [Fact]
    public void Check_TakesAHelperWhoFits()
    {
        Assert.Equal(NotAskedReason.None, Check(Anna, Router, out Reach reach));
        Assert.Equal(new Reach(1000, TestRules.Default.Travel.EtaSeconds(1000, Tier.Friend, Now)), reach);
    }

    [Fact]
    public void Check_RefusesAnotherTier() => AssertReason(NotAskedReason.WrongTier, Anna, Router with { Tier = Tier.Pro });

    [Fact]
    public void Check_TakesAnyTierWhenNoneIsNamed() => AssertReason(NotAskedReason.None, Anna, Router with { Tier = null });

    [Fact]
    public void Check_RefusesBeyondTheRungsRadius() => AssertReason(NotAskedReason.OutOfRadius, Anna, Router with { RadiusMeters = 999 });

    [Fact]
    public void Check_RefusesBeyondTheHelpersRadius() =>
        AssertReason(NotAskedReason.OutOfRadius, Anna with { Profile = Anna.Profile with { RadiusMeters = 999 } }, Router);

    [Fact]
    public void Check_TakesAtTheRadius() => AssertReason(NotAskedReason.None, Anna, Router with { RadiusMeters = 1000 });

    [Fact]
    public void Check_RefusesWhoIsExcluded() => AssertReason(NotAskedReason.Excluded, Anna, Router with { Excluded = [Ids.Ben, Ids.Anna] });

    [Fact]
    public void Check_RefusesAMissingSkill() => AssertReason(NotAskedReason.MissingSkill, Anna, Router with { Skills = [new SkillNeed("tv", 1)] });

    [Fact]
    public void Check_RefusesATooLowSkill() => AssertReason(NotAskedReason.SkillTooLow, Anna, Router with { Skills = [new SkillNeed("router", 4)] });

    [Fact]
    public void Check_RefusesWithoutACertificate() =>
        AssertReason(NotAskedReason.CertificateMissing, Anna, Router with { Skills = [new SkillNeed("router", 2, Certified: true)] });

    [Fact]
    public void Check_RefusesACertificateThatRunsOutNow() => AssertReason(
        NotAskedReason.CertificateMissing,
        Anna with { Profile = Anna.Profile with { Skills = [new Skill("router", 3, Now)] } },
        Router with { Skills = [new SkillNeed("router", 2, Certified: true)] });

    [Fact]
    public void Check_TakesAValidCertificate() => AssertReason(
        NotAskedReason.None,
        Anna with { Profile = Anna.Profile with { Skills = [Profiles.Certified("router", 3)] } },
        Router with { Skills = [new SkillNeed("router", 2, Certified: true)] });

    [Fact]
    public void Check_RefusesWithoutACommonLanguage() => AssertReason(NotAskedReason.Language, Anna, Router with { Languages = ["fr", "it"] });

    [Fact]
    public void Check_TakesOneCommonLanguageInAnyCase() => AssertReason(NotAskedReason.None, Anna, Router with { Languages = ["fr", "DE"] });

    [Fact]
    public void Check_RefusesWhenTheShiftEndsBeforeTheJob()
    {
        Check(Anna, Router, out Reach reach);
        Instant end = Now + TimeSpan.FromSeconds(reach.EtaSeconds) + Router.Duration;
        AssertReason(NotAskedReason.ShiftEnds, Anna with { Until = end - TimeSpan.FromMilliseconds(1) }, Router);
        AssertReason(NotAskedReason.None, Anna with { Until = end }, Router);
    }

    private static NotAskedReason Check(HelperCard card, Need need, out Reach reach)
    {
        UnitVector place = Sites.Near.ToUnitVector();
        return Eligibility.Check(card, place, need, TestRules.Default, Now, out reach);
    }

    private static void AssertReason(NotAskedReason reason, HelperCard card, Need need) => Assert.Equal(reason, Check(card, need, out _));
}
