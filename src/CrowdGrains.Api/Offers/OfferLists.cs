using System.Globalization;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Paging;
using CrowdGrains.Api.Problems;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.ReadModels;
using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Api.Offers;

/// <summary>Offers: what became of them says the read model, what they are about their requests.</summary>
internal static class OfferLists
{
    public static void Map(Routes routes)
    {
        routes.Get("/v1/helpers/{id}/offers", "The offers of a helper, newest first.", ListAsync).WithTag("offers").For(Scopes.All)
            .Query("status", "Those in this status.").Pages().Answers<Page<Offer>>().Refuses(StatusCodes.Status404NotFound);
        routes.Get("/v1/offers/{id}", "An offer.", GetAsync).WithTag("offers").For(Scopes.All)
            .Answers<Offer>().AnswersNothing(StatusCodes.Status304NotModified).Refuses(StatusCodes.Status404NotFound);
    }

    private static async ValueTask<Reply> ListAsync(Call call)
    {
        Parameters parameters = new(call);
        OfferStep? status = parameters.Choice<OfferStatus>("status")?.ToCore();
        if (parameters.HasFault(out Fault? fault) || !PageQuery.TryRead(call, out PageQuery query, out fault))
        {
            return fault;
        }

        long before = long.MaxValue;
        if (query.After is { } place && !long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            return PageQuery.BadCursor;
        }

        if (!Identifier.IsValid(call.Path("id"))
            || await call.Api.Reads.FindHelperAsync(HelperId.From(call.Path("id")), call.Cancellation).ConfigureAwait(false) is not { } helper
            || !call.Caller.MaySee(helper.Id, helper.Partner))
        {
            return Reply.NotFound("helper");
        }

        IReadOnlyList<OfferView> views =
            await call.Api.Reads.ListOffersAsync(helper.Id, status, before, query.Limit + 1, call.Cancellation).ConfigureAwait(false);
        Page<OfferView> page = query.Cut(views, offer => offer.Sequence.ToString(CultureInfo.InvariantCulture));
        RequestSnapshot?[] requests = await Task.WhenAll(
            page.Data.Select(offer => call.Engine.FindRequestAsync(offer.Request, call.Cancellation).AsTask())).ConfigureAwait(false);
        List<Offer> offers = [];
        for (int i = 0; i < requests.Length; i++)
        {
            if (requests[i] is { } request)
            {
                offers.Add(page.Data[i].ToContract(request));
            }
        }

        return Reply.Ok(new Page<Offer>(offers, page.NextCursor), ContractJson.Default.PageOffer);
    }

    private static async ValueTask<Reply> GetAsync(Call call)
    {
        if (await OfferEndpoints.FindAsync(call).ConfigureAwait(false) is not { } offer
            || await call.Engine.FindRequestAsync(offer.Request, call.Cancellation).ConfigureAwait(false) is not { } request)
        {
            return Reply.NotFound("offer");
        }

        return EntityTags.Matches(call.Http.Request.Headers.IfNoneMatch, offer.ETag(request))
            ? Reply.NotModified(offer.ETag(request))
            : Reply.Ok(offer.ToContract(request), ContractJson.Default.Offer, offer.ETag(request));
    }
}
