using System.Collections.Immutable;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Requests;

/// <summary>A submitted request as it was between two turns.</summary>
/// <param name="Deadline">Unserved if nobody is assigned by then; null while somebody is, and after the end.</param>
public sealed record RequestSnapshot(
    RequestId Id,
    long Version,
    RequestStatus Status,
    Submission Submission,
    int Rung,
    Instant? Deadline,
    Assignment? Assignment,
    ImmutableArray<Visit> Visits,
    ImmutableArray<LiveOffer> Offers,
    ImmutableArray<Round> Rounds,
    int? Stars);
