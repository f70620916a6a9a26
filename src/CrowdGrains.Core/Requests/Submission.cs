using System.Collections.Immutable;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Requests;

/// <summary>What is fixed when a request is submitted, the problem as the catalogue had it then; the severity alone may be changed.</summary>
public sealed record Submission(RequestSpec Spec, Problem Problem, ImmutableArray<SkillNeed> Skills, Severity Severity, Instant At)
{
    /// <summary>By when somebody must be assigned who has been wanted since then: an appointment counts from its window.</summary>
    internal Instant DeadlineFrom(Instant since) => Instant.Later(since, Spec.NotBefore ?? since) + Problem.DeadlineFor(Severity);

    /// <summary>The rung itself if it takes such requests, or the next that does; the first of all when none follows.</summary>
    internal int RungFrom(int rung) => Problem.NextRung(rung, Severity, Spec.Channel) is var next and >= 0 ? next : Problem.NextRung(0, Severity, Spec.Channel);

    /// <summary>What the request asks of the helpers of a rung.</summary>
    internal Need NeedOn(RequestId request, int rungIndex, ImmutableArray<HelperId> excluded)
    {
        Rung rung = Problem.Rungs[rungIndex];
        ImmutableArray<SkillNeed> skills = rung.RelaxLevels == 0
            ? Skills
            : [.. Skills.Select(skill => skill with { Level = Math.Max(1, skill.Level - rung.RelaxLevels) })];
        return new Need(
            request, Spec.Position.ToUnitVector(), rung.Tier, skills, Spec.Languages, rung.RadiusMeters, Problem.Duration, Spec.Preferred, excluded);
    }

    /// <summary>What it asks of the preferred helper: of any tier and from anywhere. Where the helper is, only the helper knows: it judges the offer itself.</summary>
    internal Need NeedOfPreferred(RequestId request, int rungIndex, ImmutableArray<HelperId> excluded) =>
        NeedOn(request, rungIndex, excluded) with { Tier = null, RadiusMeters = int.MaxValue };
}
