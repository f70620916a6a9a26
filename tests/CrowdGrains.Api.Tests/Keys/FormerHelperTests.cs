using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrowdGrains.Api.Tests.Lists;

namespace CrowdGrains.Api.Tests.Keys;

/// <summary>A request is its helper's while it is assigned, and after the end who was on it then: who left the job does not follow it.</summary>
public sealed class FormerHelperTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Abort_ByTheAssignedHelperLeadsBackToSearching()
    {
        Job job = await AssignedAsync(-10);

        Answered aborted = (await job.Device.PostAsync($"/v1/requests/{job.Request}:abort", """{"reason":"My car does not start."}""")).AssertStatus(HttpStatusCode.OK);

        Assert.Equal("searching", aborted.Text("status"));
        Assert.Equal("aborted", aborted.Json.GetProperty("visits")[0].GetProperty("outcome").GetString());
        Assert.Contains((await server.Admin.GetAsync($"/v1/requests/{job.Request}")).Text("status"), (string[])["searching", "offering"]);
        Assert.Contains("My car does not start.", (await server.Admin.GetAsync($"/v1/requests/{job.Request}/timeline")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_DoesNotExistForWhoGaveItUp()
    {
        Job job = await AssignedAsync(-12);
        (string Name, string Value) key = ("Idempotency-Key", job.Request);
        (await job.Device.PostAsync($"/v1/requests/{job.Request}:abort", null, key)).AssertStatus(HttpStatusCode.OK);
        await AssertHiddenAsync(job);

        (string next, string nextOffer) = await NextAsync(job, -12);
        await AssertHiddenAsync(job);

        // The answer got lost, and the process died before it was kept: the repeat is answered, and tells nothing of who came next.
        await server.Engine.WriteAsync([new Hosting.Stores.SqlWrite("DELETE FROM api_answers")], TestContext.Current.CancellationToken);
        Answered repeat = (await job.Device.PostAsync($"/v1/requests/{job.Request}:abort", null, key)).AssertStatus(HttpStatusCode.OK);
        Assert.DoesNotContain(next, repeat.Body, StringComparison.Ordinal);
        Assert.Equal("searching", repeat.Text("status"));

        await FinishAsync(job.Request);
        await AssertHiddenAsync(job);
        ApiClient finisher = await server.WithScopeAsync($"helper:{next}");
        (await finisher.GetAsync($"/v1/requests/{job.Request}")).AssertStatus(HttpStatusCode.OK);
        Assert.NotEqual(JsonValueKind.Null, await PositionInAsync(finisher, nextOffer));
    }

    [Fact]
    public async Task Request_StaysWithWhoWasOnItWhenItWasCancelled()
    {
        Job job = await AssignedAsync(-14);
        (await server.Admin.PostAsync($"/v1/requests/{job.Request}:cancel")).AssertStatus(HttpStatusCode.OK);
        await server.WaitForAsync("offer.released", job.Request);

        Assert.Equal("cancelled", (await job.Device.GetAsync($"/v1/requests/{job.Request}")).AssertStatus(HttpStatusCode.OK).Text("status"));
        (await job.Partner.GetAsync($"/v1/requests/{job.Request}")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(JsonValueKind.Null, await PositionInAsync(job.Device, job.Offer));
    }

    [Fact]
    public async Task Request_OfAPartnerStaysItsOwn()
    {
        ApiClient partner = await server.WithScopeAsync("partner:former-own");
        Job job = await AssignedAsync(-16, submitter: partner);
        (await job.Device.PostAsync($"/v1/requests/{job.Request}:abort")).AssertStatus(HttpStatusCode.OK);

        (await partner.GetAsync($"/v1/requests/{job.Request}")).AssertStatus(HttpStatusCode.OK);
    }

    private static async Task AssertHiddenAsync(Job job)
    {
        foreach (ApiClient client in (ApiClient[])[job.Device, job.Partner])
        {
            (await client.GetAsync($"/v1/requests/{job.Request}")).AssertProblem(404, "not-found");
            (await client.PostAsync($"/v1/requests/{job.Request}:en-route")).AssertProblem(404, "not-found");
            Assert.Equal(JsonValueKind.Null, await PositionInAsync(client, job.Offer));
        }
    }

    private async Task<(string Helper, string Offer)> NextAsync(Job job, double degrees)
    {
        string next = Examples.NewId("next-helper");
        await server.Admin.RegisterAsync(Examples.Helper(next, degrees, degrees));
        await foreach (Hosting.Events.LoggedEvent happened in server.Engine.Events.FollowAsync(0, Examples.Deadline()))
        {
            if (happened.Event is Core.Helpers.OfferMoved { Step: Core.Helpers.OfferStep.Issued } issued && issued.Helper.Value == next)
            {
                (await server.Admin.PostAsync($"/v1/offers/{issued.Offer}:accept")).AssertStatus(HttpStatusCode.OK);
                Assert.Equal(job.Request, issued.Request.Value);
                return (next, issued.Offer.Value);
            }
        }

        throw new InvalidOperationException("The log has no end.");
    }

    private async Task FinishAsync(string request)
    {
        (await server.Admin.PostAsync($"/v1/requests/{request}:en-route")).AssertStatus(HttpStatusCode.OK);
        (await server.Admin.PostAsync($"/v1/requests/{request}:arrive")).AssertStatus(HttpStatusCode.OK);
        (await server.Admin.PostAsync($"/v1/requests/{request}:complete", """{"resolved":true}""")).AssertStatus(HttpStatusCode.OK);
    }

    private static async Task<JsonValueKind> PositionInAsync(ApiClient client, string offer) =>
        (await client.GetAsync($"/v1/offers/{offer}")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("place").GetProperty("position").ValueKind;

    /// <summary>A helper of a partner, far from all others, with a job.</summary>
    private async Task<Job> AssignedAsync(double degrees, ApiClient? submitter = null)
    {
        string helper = Examples.NewId("h");
        string request = Examples.NewId("r");
        string partner = Examples.NewId("former");
        JsonObject registration = Examples.Helper(helper, degrees, degrees).With("partnerId", partner);
        await server.Admin.RegisterAsync(registration);
        await (submitter ?? server.Admin).SubmitAsync(Examples.Request(request, degrees + 0.001, degrees + 0.001));
        string offer = await server.AcceptAsync(request);
        return new Job(request, offer, await server.WithScopeAsync($"helper:{helper}"), await server.WithScopeAsync($"partner:{partner}"));
    }

    private sealed record Job(string Request, string Offer, ApiClient Device, ApiClient Partner);
}
