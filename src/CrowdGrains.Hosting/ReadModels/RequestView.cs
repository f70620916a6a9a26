using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>A request as the event log tells it: what lists, maps and key figures need.</summary>
/// <param name="Sequence">Of the event that submitted it.</param>
/// <param name="Status">As far as events tell: Offering while a helper holds an offer.</param>
/// <param name="Cell">The H3 cell of the place, resolution <see cref="CellResolution"/>.</param>
/// <param name="Helper">Who is assigned, or was when the request ended; null while nobody is.</param>
/// <param name="WantedSince">Since when a helper has been wanted for the present visit; null before an appointment's search.</param>
public sealed record RequestView(
    long Sequence,
    CustomerId Customer,
    PartnerId? Partner,
    RequestStatus Status,
    CellIndex Cell,
    HelperId? Helper,
    Instant? WantedSince,
    RequestTrack Track)
{
    /// <summary>About a square kilometre: as much as a helper is told before acceptance.</summary>
    public const int CellResolution = 8;

    public RequestId Id => Track.Request;

    /// <summary>Where the list goes on after this request.</summary>
    public RequestCursor Cursor => new(Track.SubmittedAt, Sequence);
}

/// <summary>A place in a list of requests, newest first.</summary>
public readonly record struct RequestCursor(Instant SubmittedAt, long Sequence);
