using System.Collections.Immutable;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Cluster.Records;

/// <summary>A durable turn: the record that follows the one with the version before, and its events.</summary>
internal sealed record TurnWrite(GrainRow Row, ImmutableArray<EventRow> Events);

/// <summary>What became of a write.</summary>
internal enum WriteOutcome : byte
{
    Written,

    /// <summary>Somebody else has written since the record was read: nothing of the turn counts.</summary>
    Overtaken,
}
