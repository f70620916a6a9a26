using System.Collections.Immutable;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Helpers;

/// <summary>A registered helper as it was between two turns.</summary>
/// <param name="Version">Of the durable part: a new position does not change it.</param>
/// <param name="Position">The last one known, and when it came in; null when none has come since the grain woke up.</param>
public sealed record HelperSnapshot(
    HelperCard Card, long Version, Presence Presence, bool IsStale, LatLng? Position, Instant SeenAt, ImmutableArray<Commitment> Commitments)
{
    public HelperId Id => Card.Id;
}
