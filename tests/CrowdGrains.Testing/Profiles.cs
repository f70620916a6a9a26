using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Testing;

/// <summary>Helper profiles that fit the tiny catalogue.</summary>
public static class Profiles
{
    /// <summary>A skill whose certificate is valid all through the tests.</summary>
    public static Skill Certified(string name, int level) => new(name, level, ManualClock.Start + TimeSpan.FromDays(365));

    public static readonly HelperProfile Friend =
        new("A friend", Tier.Friend, [new Skill("router", 3)], ["de", "en"], RadiusMeters: 20_000, Capacity: 1, Partner: null);

    public static readonly HelperProfile Technician =
        new("A technician", Tier.Technician, [new Skill("router", 4), Certified("lift", 4)], ["de"], RadiusMeters: 25_000, Capacity: 1, Partner: null);

    /// <summary>A card with no past.</summary>
    public static HelperCard Card(string name, HelperProfile? profile = null) =>
        new(HelperId.From(name), profile ?? Friend, new HelperStatistics(0, 0, 0, 0, ManualClock.Start), Instant.Never);
}
