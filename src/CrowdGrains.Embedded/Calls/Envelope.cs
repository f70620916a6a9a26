using CrowdGrains.Core.Turns;

namespace CrowdGrains.Embedded.Calls;

/// <summary>What waits in front of a shard or a grain: a <see cref="Message"/>, or a <see cref="Call"/> from outside.</summary>
internal readonly record struct Envelope(GrainId To, object Content);
