using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Helpers;

public enum Presence : byte
{
    Offline,
    Available,

    /// <summary>All of the helper's time is promised, some of it only to offers.</summary>
    Reserved,

    /// <summary>All of the helper's time is bound to jobs.</summary>
    Assigned,
    OnBreak,
}

/// <summary>What a helper owns: who it is, whether it is there, and its time. Durable but for the position and the search.</summary>
public sealed class HelperState(HelperId helper) : GrainState(helper)
{
    /// <summary>
    /// How many ended offers a helper of capacity 0 would remember, to answer late acceptances and repeats. To the others their capacity
    /// is added: all offers at hand may end in one turn, and none that ended just before may be forgotten by it, or it could be issued again.
    /// </summary>
    public const int EndedOffersKept = 16;

    /// <summary>How many counted ratings a helper remembers, to tell repeats.</summary>
    public const int RatingsKept = 16;

    public HelperId Helper { get; } = helper;

    /// <summary>Null until the helper is registered.</summary>
    public HelperCard? Card { get; internal set; }

    public bool IsOnline { get; internal set; }

    public bool IsOnBreak { get; internal set; }

    /// <summary>No position came for a whole lease. Cleared by the next one.</summary>
    public bool IsStale { get; internal set; }

    /// <summary>The demand cell of the last durable turn: what the event log knows.</summary>
    public CellIndex Region { get; internal set; }

    public IReadOnlyList<Commitment> Commitments => Promised;

    public BoundedLog<OfferId, EndedOffer> EndedOffers { get; } = new(EndedOffersKept + HelperProfile.MaxCapacity);

    /// <summary>Requests whose rating was counted.</summary>
    public BoundedLog<RequestId, int> Ratings { get; } = new(RatingsKept);

    /// <summary>Soft: the last position, and when it came in.</summary>
    public UnitVector Place { get; internal set; }

    public Instant SeenAt { get; internal set; } = Instant.Never;

    /// <summary>Soft: the device's own time of the last report.</summary>
    internal Instant ReportedAt { get; set; } = Instant.Never;

    /// <summary>Soft: the supply cell of the last position.</summary>
    public CellIndex Cell { get; internal set; }

    /// <summary>Soft: the supply cell that lists the helper; none when it is not listed.</summary>
    public CellIndex ListedIn { get; internal set; }

    /// <summary>Soft: grows with each message to cells.</summary>
    public long ListingNumber { get; internal set; }

    public Presence Presence => this switch
    {
        { IsOnline: false } => Presence.Offline,
        { IsOnBreak: true } => Presence.OnBreak,
        { HasRoom: true } => Presence.Available,
        _ => Promised.Exists(static commitment => commitment is not Bound) ? Presence.Reserved : Presence.Assigned,
    };

    internal List<Commitment> Promised { get; } = [];

    /// <summary>Soft: the search for a waiting request.</summary>
    internal HelperMatch? Match { get; set; }

    internal int MatchCount { get; set; }

    /// <summary>Soft: the presence lease ended before any position came after a restart, and one more lease was granted.</summary>
    internal bool IsAwaited { get; set; }

    internal bool HasRoom => Card is not null && Promised.Count < Card.Profile.Capacity;

    /// <summary>False from a restart to the next report: the position is not in the record.</summary>
    internal bool IsPlaced => SeenAt != Instant.Never;

    internal bool TakesOffers => IsOnline && !IsOnBreak && !IsStale && IsPlaced && HasRoom;

    /// <summary>The helper as it is now; null when it is not registered.</summary>
    public HelperSnapshot? ToSnapshot() => Card is null
        ? null
        : new HelperSnapshot(Card, Version, Presence, IsStale, IsPlaced ? Place.ToLatLng() : null, SeenAt, [.. Promised]);

    internal void Remember(OfferId offer, EndedOffer ended) => EndedOffers.Add(offer, ended, EndedOffersKept + (Card?.Profile.Capacity ?? 0));

    internal override void CheckInvariants()
    {
        if (Card is null)
        {
            InvariantViolationException.Require(Promised.Count == 0, Id);
            return;
        }

        InvariantViolationException.Require(Promised.Count <= Card.Profile.Capacity, Id);
        bool reserved = false;
        bool awaiting = false;
        for (int i = 0; i < Promised.Count; i++)
        {
            reserved |= Promised[i] is Reserved;
            awaiting |= Promised[i] is AwaitingVerdict;
            for (int j = 0; j < i; j++)
            {
                InvariantViolationException.Require(Promised[i].Offer != Promised[j].Offer, Id);
                InvariantViolationException.Require(Promised[i].Request != Promised[j].Request, Id);
            }
        }

        InvariantViolationException.Require(!reserved || Timers.IsSet(TimerKey.HelperReservation), Id);
        InvariantViolationException.Require(!awaiting || Timers.IsSet(TimerKey.HelperVerdict), Id);
        InvariantViolationException.Require(!IsOnline || IsStale || Timers.IsSet(TimerKey.HelperPresence), Id);
    }
}
