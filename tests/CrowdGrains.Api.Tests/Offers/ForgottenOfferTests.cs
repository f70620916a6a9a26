using System.Net;
using CrowdGrains.Api.Offers;
using CrowdGrains.Api.Tests.Lists;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.ReadModels;
using CrowdGrains.Testing;

namespace CrowdGrains.Api.Tests.Offers;

/// <summary>Offers that ended so long ago that their helper has forgotten them.</summary>
public sealed class ForgottenOfferTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Accept_IsToldHowTheOfferEnded()
    {
        await server.Admin.RegisterAsync(Examples.Helper("h-forgets", 70, 70));
        string first = await WithdrawnAsync();
        for (int i = 0; i < HelperState.EndedOffersKept; i++)
        {
            await WithdrawnAsync();
        }

        (await server.Admin.PostAsync($"/v1/offers/{first}:accept")).AssertProblem(409, "offer-withdrawn");
        (await server.Admin.PostAsync($"/v1/offers/{first}:decline")).AssertProblem(409, "offer-withdrawn");
        (await server.Admin.PostAsync($"/v1/offers/{first}:accept", null, ("If-Match", "\"1\""))).AssertProblem(412, "version-mismatch");
        (await server.Admin.PostAsync("/v1/offers/off_none:accept")).AssertProblem(404, "not-found");
    }

    [Theory]
    [InlineData(OfferStep.Withdrawn, "lost", AnswerCode.OfferLost)]
    [InlineData(OfferStep.Withdrawn, "expired", AnswerCode.OfferExpired)]
    [InlineData(OfferStep.Withdrawn, "cancelled", AnswerCode.OfferWithdrawn)]
    [InlineData(OfferStep.Withdrawn, "ended", AnswerCode.OfferWithdrawn)]
    [InlineData(OfferStep.Expired, "", AnswerCode.OfferExpired)]
    [InlineData(OfferStep.Declined, "busy", AnswerCode.WrongState)]
    [InlineData(OfferStep.Released, "completed", AnswerCode.OfferWithdrawn)]
    public void ToEnd_IsWhatTheHelperAnsweredWhileItKnew(OfferStep step, string reason, AnswerCode code) =>
        Assert.Equal(code, new OfferView(
            1, OfferId.From("o1"), RequestId.From("r1"), HelperId.From("h1"), step, reason, ManualClock.Start, ManualClock.Start, 60, new Money(1, "CHF"), null).ToEnd());

    private async Task<string> WithdrawnAsync()
    {
        string request = Examples.NewId("r");
        await server.Admin.SubmitAsync(Examples.Request(request, 70.001, 70.001));
        string offer = await server.OfferOfAsync(request);
        (await server.Admin.PostAsync($"/v1/requests/{request}:cancel")).AssertStatus(HttpStatusCode.OK);
        await server.WaitForAsync("offer.withdrawn", request);
        return offer;
    }
}
