using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Helpers;

public sealed record HelperRegistered(HelperId Helper, HelperProfile Profile) : GrainEvent
{
    public override string Type => "helper.registered";
}

public sealed record HelperUpdated(HelperId Helper, HelperProfile Profile) : GrainEvent
{
    public override string Type => "helper.updated";
}

/// <param name="Region">The demand cell the helper is in: coarse, for privacy.</param>
public sealed record HelperWentOnline(HelperId Helper, CellIndex Region) : GrainEvent
{
    public override string Type => "helper.online";
}

public sealed record HelperWentOffline(HelperId Helper, bool OnBreak) : GrainEvent
{
    public override string Type => "helper.offline";
}

public sealed record HelperWentStale(HelperId Helper) : GrainEvent
{
    public override string Type => "helper.stale";
}

/// <summary>The helper entered another demand cell. Smaller moves are not events: they would cost a durable write each and say where people are.</summary>
public sealed record HelperMovedCell(HelperId Helper, CellIndex From, CellIndex To) : GrainEvent
{
    public override string Type => "helper.moved-cell";
}

public sealed record HelperWasRated(HelperId Helper, RequestId Request, int Stars) : GrainEvent
{
    public override string Type => "helper.rated";
}

public enum OfferStep : byte
{
    Issued,
    Accepted,
    Declined,
    Expired,
    Withdrawn,

    /// <summary>The accepted offer became the assignment.</summary>
    Confirmed,

    /// <summary>The job of a confirmed offer is over.</summary>
    Released,
}

/// <summary>An offer took a step.</summary>
/// <param name="Reason">For a decline, a withdrawal or a release, which kind, in camelCase; otherwise empty.</param>
/// <param name="ExpiresAt">Until when the offer stands, or stood.</param>
public sealed record OfferMoved(OfferStep Step, OfferId Offer, RequestId Request, HelperId Helper, Instant ExpiresAt, int EtaSeconds, string Reason)
    : GrainEvent
{
    /// <summary>What the job pays: told when the offer is issued, and only then.</summary>
    public Money? Fee { get; init; }

    public override string Type => Step switch
    {
        OfferStep.Issued => "offer.issued",
        OfferStep.Accepted => "offer.accepted",
        OfferStep.Declined => "offer.declined",
        OfferStep.Expired => "offer.expired",
        OfferStep.Withdrawn => "offer.withdrawn",
        OfferStep.Confirmed => "offer.confirmed",
        _ => "offer.released",
    };
}
