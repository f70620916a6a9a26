using CrowdGrains.Core.Turns;

namespace CrowdGrains.Hosting.Stores;

/// <summary>A grain's record.</summary>
/// <param name="Version">How many durable turns the grain has taken.</param>
/// <param name="State">As written by <see cref="Core.Records.GrainRecord"/>.</param>
/// <param name="Due">When the earliest of its timers falls due; null when none is armed.</param>
public readonly record struct GrainRow(GrainId Grain, long Version, ReadOnlyMemory<byte> State, Instant? Due);
