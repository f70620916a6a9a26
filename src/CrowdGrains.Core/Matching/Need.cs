using System.Collections.Immutable;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Matching;

/// <summary>What a request asks of a helper on one rung: the hard rules, and what the score needs. Shared by reference with every cell asked.</summary>
/// <param name="Tier">Who is asked; null when anybody may serve, as with a preferred helper.</param>
/// <param name="Skills">The levels are already relaxed as the rung allows.</param>
/// <param name="Languages">One of these must be spoken; empty means any.</param>
/// <param name="RadiusMeters">How far away a helper may be; the helper's own radius counts too.</param>
/// <param name="Preferred">Who served this customer before, if anybody.</param>
/// <param name="Excluded">Who must not be asked (again).</param>
public sealed record Need(
    RequestId Request,
    UnitVector Place,
    Tier? Tier,
    ImmutableArray<SkillNeed> Skills,
    ImmutableArray<string> Languages,
    int RadiusMeters,
    TimeSpan Duration,
    HelperId? Preferred,
    ImmutableArray<HelperId> Excluded);
