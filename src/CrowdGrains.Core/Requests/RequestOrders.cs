using System.Text.Json;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Requests;

/// <summary>
/// What a dispatcher is told of an order, an offer that the helper takes at once if it may: Ok with the assignment, or why there is none.
/// Whatever ends a live offer answers the command that waits for it, in the same turn.
/// </summary>
internal static class RequestOrders
{
    public static readonly Answer Expired = new(AnswerCode.OfferExpired, Detail: "the helper did not answer in time");

    public static Answer AnswerTo(NotAskedReason reason) => reason switch
    {
        NotAskedReason.Unknown => new Answer(AnswerCode.HelperUnknown, Detail: "there is no such helper"),
        NotAskedReason.Offline => new Answer(AnswerCode.HelperOffline, Detail: "the helper is off duty"),
        NotAskedReason.Busy => new Answer(AnswerCode.HelperFull, Detail: "all of the helper's time is promised to jobs and offers"),
        _ => Expired,
    };

    public static Answer AnswerTo(DeclineReason reason) => reason == DeclineReason.Unavailable
        ? new Answer(AnswerCode.HelperOffline, Detail: "the helper has just gone off duty or on a break")
        : new Answer(AnswerCode.OfferDeclined, Detail: "the helper has just declined the offer that it held");

    public static Answer AnswerTo(WithdrawReason reason) => reason switch
    {
        WithdrawReason.Lost => new Answer(AnswerCode.OfferLost, Detail: "another helper was first"),
        WithdrawReason.Cancelled => new Answer(AnswerCode.OfferWithdrawn, Detail: "the request was cancelled"),
        WithdrawReason.Ended => new Answer(AnswerCode.OfferWithdrawn, Detail: "the request has ended"),
        WithdrawReason.ByHand => new Answer(AnswerCode.OfferWithdrawn, Detail: "a dispatcher decided otherwise"),
        _ => Expired,
    };

    /// <summary>The offer is over and has led to nothing: if it was an order, the dispatcher is told.</summary>
    public static void Fail(RequestState request, LiveOffer offer, Answer why, Turn turn)
    {
        if (offer.Order is { } operation)
        {
            turn.Emit(new RequestOrderFailed(request.Request, offer.Offer, offer.Helper, JsonNamingPolicy.CamelCase.ConvertName(why.Code.ToString())));
            turn.Reply(operation, why);
        }
    }
}
