using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Helpers;
using CrowdGrains.Api.Requests;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.ReadModels;
using RequestStatus = CrowdGrains.Core.Requests.RequestStatus;

namespace CrowdGrains.Api.Offers;

/// <summary>An offer as the contract shows it: what became of it from the log, the rest from its request.</summary>
internal static class OfferContract
{
    public static Offer ToContract(this OfferView offer, RequestSnapshot request) => new()
    {
        Id = offer.Id.Value,
        RequestId = offer.Request.Value,
        HelperId = offer.Helper.Value,
        Status = offer.Status.ToContract(),
        Reason = offer.Reason.Length == 0 ? null : offer.Reason,
        IssuedAt = offer.IssuedAt.ToDateTimeOffset(),
        ExpiresAt = offer.ExpiresAt.ToDateTimeOffset(),
        Problem = request.Submission.Spec.Problem,
        Fee = new Money(offer.Fee.Amount, offer.Fee.Currency),
        EtaSeconds = offer.EtaSeconds,
        Place = PlaceOf(request, (offer.Status is OfferStep.Confirmed or OfferStep.Released) && IsJob(offer.Id, request)),
    };

    /// <summary>The version is the step, since no offer takes one twice; the request's stands beside it, since the place may change with it.</summary>
    public static string ETag(this OfferView offer, RequestSnapshot request) => EntityTags.Of(VersionOf(offer.Status), request.Version);

    /// <summary>The steps whose versions these are.</summary>
    public static IReadOnlyList<OfferStep> ToSteps(this Versions versions) =>
        [.. Enum.GetValues<OfferStep>().Where(step => versions.Include(VersionOf(step)))];

    /// <summary>How an offer that its helper has forgotten ended, as the helper answered while it knew.</summary>
    public static AnswerCode ToEnd(this OfferView offer) => offer.Status switch
    {
        OfferStep.Withdrawn when offer.Reason == "lost" => AnswerCode.OfferLost,
        OfferStep.Withdrawn when offer.Reason == "expired" => AnswerCode.OfferExpired,
        OfferStep.Withdrawn or OfferStep.Released => AnswerCode.OfferWithdrawn,
        OfferStep.Expired => AnswerCode.OfferExpired,
        OfferStep.Declined => AnswerCode.WrongState,
        _ => AnswerCode.NotFound,
    };

    /// <summary>By this offer somebody is assigned, or has finished the job. Whose visit ended otherwise need not find the door again.</summary>
    public static bool IsJob(OfferId offer, RequestSnapshot request) => request switch
    {
        { Assignment: { } assigned } => assigned.Offer == offer,
        { Status: RequestStatus.Completed, Visits: [.., { } last] } => last.Offer == offer,
        _ => false,
    };

    /// <param name="isExact">The job is the helper's, or was when it was finished: before and otherwise the cell must do.</param>
    public static Place PlaceOf(RequestSnapshot request, bool isExact) => new(RequestContract.CellOf(request.Submission.Spec.Position).ToString())
    {
        Position = isExact ? request.Submission.Spec.Position.ToContract() : null,
    };

    private static long VersionOf(OfferStep step) => (long)step + 1;
}
