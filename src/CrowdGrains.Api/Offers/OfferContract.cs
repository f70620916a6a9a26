using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Helpers;
using CrowdGrains.Api.Requests;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Hosting.ReadModels;

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
        Place = PlaceOf(request, offer.Status is OfferStep.Confirmed or OfferStep.Released),
    };

    /// <param name="isExact">The job is the helper's, or was: until then the cell must do.</param>
    public static Place PlaceOf(RequestSnapshot request, bool isExact) => new(RequestContract.CellOf(request.Submission.Spec.Position).ToString())
    {
        Position = isExact ? request.Submission.Spec.Position.ToContract() : null,
    };
}
