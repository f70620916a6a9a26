namespace CrowdGrains.Simulation.Engine;

/// <summary>How long things take between and below the grains, in milliseconds. The place where a network or a store that misbehaves is modelled.</summary>
internal sealed class LatencyModel(ulong seed)
{
    private readonly SeededRandom _random = new(seed, SeededRandom.Purpose.Network);

    /// <summary>From one grain to another, within a data centre.</summary>
    public int Hop() => 1 + (int)(_random.NextUInt64() & 3);

    /// <summary>A group commit with fsync.</summary>
    public int Commit() => 2 + (int)(_random.NextUInt64() & 3);

    /// <summary>From a device to a grain or back, over a mobile network.</summary>
    public int Device() => 40 + (int)(_random.NextUInt64() & 127);
}
