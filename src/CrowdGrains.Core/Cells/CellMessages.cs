using System.Collections.Immutable;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Cells;

/// <summary>A helper is free, here, until the lease ends. Sent with every position report, so a cell that forgot learns again.</summary>
/// <param name="Number">Grows with each message of the helper to cells; an older one is late.</param>
public sealed record EnlistHelper(HelperCard Card, UnitVector Place, long Number, Instant LeaseUntil) : Message;

/// <summary>A helper is no longer free, or no longer here.</summary>
public sealed record DelistHelper(HelperId Helper, long Number) : Message;

/// <summary>Which helpers here fit? Answered by <see cref="HelpersFound"/> to the request.</summary>
/// <param name="Search">The number of the search, and <paramref name="Slot"/> the place of this cell in it, for the answer.</param>
public sealed record FindHelpers(int Search, int Slot, Need Need) : Message;

/// <summary>A request waits for a helper. Renewed while it waits.</summary>
/// <param name="Needs">What it needs of a helper, for each rung that is open to it.</param>
/// <param name="Number">Grows with each message of the request to the cell; an older one is late.</param>
public sealed record ListRequest(
    RequestId Request, ImmutableArray<Need> Needs, Severity Severity, Instant WaitingSince, long Number, Instant LeaseUntil) : Message;

/// <summary>A request no longer waits.</summary>
public sealed record DelistRequest(RequestId Request, long Number) : Message;

/// <summary>Which waiting requests here could this helper take? Answered by <see cref="RequestsFound"/> to the helper.</summary>
public sealed record FindRequests(int Search, int Slot, HelperCard Card, UnitVector Place) : Message;
