using CrowdGrains.Core.Ladder;

namespace CrowdGrains.Core.Matching;

/// <summary>Everything a turn may look at besides its grain's state and the time. Immutable.</summary>
public sealed class DispatchRules
{
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public DispatchRules(Catalogue catalogue, DispatchPolicy policy, ITravelTime travel, DispatchOptions options)
    {
        Catalogue = catalogue;
        Policy = policy;
        Travel = travel;
        Options = options.Validate();
    }

    public Catalogue Catalogue { get; }

    public DispatchPolicy Policy { get; }

    public ITravelTime Travel { get; }

    public DispatchOptions Options { get; }

    public int SupplyResolution(Tier tier) => Options.SupplyResolutions[(int)tier];
}
