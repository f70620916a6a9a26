using CrowdGrains.Api.Bodies;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Problems;
using CrowdGrains.Api.Requests;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.ReadModels;
using Microsoft.AspNetCore.Http;
using DeclineReason = CrowdGrains.Core.Helpers.DeclineReason;

namespace CrowdGrains.Api.Offers;

/// <summary>What helpers answer to offers; their partner and the staff may answer in their place.</summary>
internal static class OfferEndpoints
{
    public static void Map(Routes routes)
    {
        Verb(routes, "accept", "The helper takes the job; answered with the request's verdict.", AcceptAsync).Answers<AcceptedOffer>();
        Verb(routes, "decline", "The helper does not take the job.", DeclineAsync).Takes<Decline>(isOptional: true).Answers<Offer>();
    }

    /// <summary>The offer named in the path, if its helper exists for the caller.</summary>
    public static async ValueTask<OfferView?> FindAsync(Call call) =>
        Identifier.IsValid(call.Path("id"))
        && await call.Api.Reads.FindOfferAsync(OfferId.From(call.Path("id")), call.Cancellation).ConfigureAwait(false) is { } offer
        && await RequestAccess.MaySeeAsync(call, offer.Helper).ConfigureAwait(false)
            ? offer
            : null;

    private static Route Verb(Routes routes, string verb, string summary, Func<Call, ValueTask<Reply>> handler) =>
        routes.Post($"/v1/offers/{{id}}:{verb}", summary, handler).WithTag("offers").For(Scopes.All)
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);

    private static async ValueTask<Reply> AcceptAsync(Call call)
    {
        if (await FindAsync(call).ConfigureAwait(false) is not { } offer)
        {
            return Reply.NotFound("offer");
        }

        if (await AskAsync(call, offer, new AcceptOffer(call.Operation.Id, offer.Id)).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        if (await call.Engine.FindRequestAsync(offer.Request, call.Cancellation).ConfigureAwait(false) is not { } request)
        {
            return Reply.NotFound("request");
        }

        int eta = request.Assignment is { } assigned && assigned.Offer == offer.Id ? assigned.EtaSeconds : offer.EtaSeconds;
        AcceptedOffer accepted = new(offer.Request.Value, offer.Helper.Value, offer.Id.Value, eta, OfferContract.PlaceOf(request, OfferContract.IsJob(offer.Id, request)));
        return Reply.Ok(accepted, ContractJson.Default.AcceptedOffer);
    }

    private static async ValueTask<Reply> DeclineAsync(Call call)
    {
        Body<Decline> body = await call.ReadOptionalAsync(StrictJson.Types.Decline).ConfigureAwait(false);
        if (!body.TryGet(out Decline? decline, out Fault? fault))
        {
            return fault;
        }

        TimeSpan? pause = decline.RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        if (pause is { } wait && (wait <= TimeSpan.Zero || wait > DeclineOffer.MaxAskAgainAfter))
        {
            return Fault.Field("/retryAfterSeconds", $"must be 1 to {DeclineOffer.MaxAskAgainAfter.TotalSeconds}");
        }

        if (await FindAsync(call).ConfigureAwait(false) is not { } offer)
        {
            return Reply.NotFound("offer");
        }

        DeclineReason reason = decline.Reason?.ToCore() ?? DeclineReason.Unspecified;
        return await AskAsync(call, offer, new DeclineOffer(call.Operation.Id, offer.Id, reason, pause)).ConfigureAwait(false) is { } refusal
            ? refusal
            : await ShowAsync(call).ConfigureAwait(false);
    }

    /// <summary>Null when it was done. The helper remembers few offers: how an older one ended says the log.</summary>
    private static async ValueTask<Fault?> AskAsync(Call call, OfferView offer, OfferReply reply)
    {
        // The version is the offer's, not that of the helper who answers.
        OfferReply signed = reply with { Actor = call.Actor, IfSteps = call.IfVersion?.ToSteps() };
        Answer answer = await call.Engine.AskAsync(offer.Helper, signed, call.Cancellation).ConfigureAwait(false);
        return (answer.Code == AnswerCode.NotFound ? new Answer(offer.ToEnd()) : answer).FaultOf("offer");
    }

    private static async ValueTask<Reply> ShowAsync(Call call) =>
        await FindAsync(call).ConfigureAwait(false) is { } offer
        && await call.Engine.FindRequestAsync(offer.Request, call.Cancellation).ConfigureAwait(false) is { } request
            ? Reply.Ok(offer.ToContract(request), ContractJson.Default.Offer, offer.ETag(request))
            : Reply.NotFound("offer");
}
