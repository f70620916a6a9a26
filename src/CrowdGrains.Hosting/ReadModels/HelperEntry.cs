using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Ladder;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>What is kept of a helper in memory: eight bytes, since there may be a million of them.</summary>
/// <param name="Partner">The number of the partner in the directory; 0 when there is none.</param>
/// <param name="Capacity">1 to 100.</param>
/// <param name="IsDirty">Not written yet.</param>
internal readonly record struct HelperEntry(int Partner, Tier Tier, byte Capacity, bool IsOnDuty, bool IsDirty)
{
    public HelperDuty Duty(int jobs) => new(Tier, Capacity, IsOnDuty, jobs);
}
