using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>An offer as the event log tells it. Problem and place follow from the request.</summary>
/// <param name="Sequence">Of the event that issued it: the order of lists, newest first.</param>
/// <param name="Reason">Why it ended, in camelCase, where that has a reason; otherwise empty.</param>
/// <param name="EndedAt">When it was declined, withdrawn or released, or expired; null while it stands.</param>
public sealed record OfferView(
    long Sequence,
    OfferId Id,
    RequestId Request,
    HelperId Helper,
    OfferStep Status,
    string Reason,
    Instant IssuedAt,
    Instant ExpiresAt,
    int EtaSeconds,
    Money Fee,
    Instant? EndedAt);
