using System.Net;

namespace CrowdGrains.Api.Tests.Stories;

/// <summary>From the request to the stars, each step by the key of the one who takes it.</summary>
public sealed class WholeStoryTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Request_GoesFromSubmissionToRating()
    {
        string helper = Examples.NewId("h");
        string request = Examples.NewId("r");
        ApiClient dispatch = await server.WithScopeAsync("dispatch");
        ApiClient device = await server.WithScopeAsync($"helper:{helper}");
        Answered registered = await dispatch.RegisterAsync(Examples.Helper(helper));
        Assert.Equal("available", registered.Text("presence"));
        Assert.Equal($"/v1/helpers/{helper}", registered.Headers.Location?.ToString());

        Answered submitted = await dispatch.SubmitAsync(Examples.Request(request));
        Assert.Equal($"/v1/requests/{request}", submitted.Headers.Location?.ToString());
        Assert.Contains(submitted.Text("status"), (string[])["searching", "offering"]);

        string offer = await server.OfferOfAsync(request);
        (await device.GetAsync($"/v1/requests/{request}")).AssertProblem(404, "not-found");
        Answered accepted = (await device.PostAsync($"/v1/offers/{offer}:accept")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(request, accepted.Text("requestId"));
        Assert.Equal(helper, accepted.Text("helperId"));
        Assert.Equal(offer, accepted.Text("offerId"));
        Assert.Equal(40.751, accepted.Json.GetProperty("place").GetProperty("position").GetProperty("lat").GetDouble());
        Assert.InRange(accepted.Json.GetProperty("etaSeconds").GetInt32(), 1, 600);

        Answered assigned = (await device.GetAsync($"/v1/requests/{request}")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("assigned", assigned.Text("status"));
        Assert.Equal(helper, assigned.Json.GetProperty("assignment").GetProperty("helperId").GetString());
        Answered busy = await device.GetAsync($"/v1/helpers/{helper}");
        Assert.Equal("assigned", busy.Text("presence"));
        Assert.Equal(request, busy.Json.GetProperty("jobs")[0].GetString());

        (await device.PostAsync($"/v1/requests/{request}:arrive")).AssertProblem(409, "wrong-state");
        Assert.Equal("enRoute", (await device.PostAsync($"/v1/requests/{request}:en-route")).AssertStatus(HttpStatusCode.OK).Text("status"));
        Assert.Equal("onSite", (await device.PostAsync($"/v1/requests/{request}:arrive")).AssertStatus(HttpStatusCode.OK).Text("status"));
        (await dispatch.PostAsync($"/v1/requests/{request}:rate", """{"stars":5,"resolved":true}""")).AssertProblem(409, "wrong-state");
        Answered completed = (await device.PostAsync($"/v1/requests/{request}:complete", """{"resolved":true}""")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("completed", completed.Text("status"));
        Assert.Equal("resolved", completed.Json.GetProperty("visits")[0].GetProperty("outcome").GetString());

        Answered rated = (await dispatch.PostAsync($"/v1/requests/{request}:rate", """{"stars":4,"resolved":true}""")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(4, rated.Json.GetProperty("stars").GetInt32());
        (await dispatch.PostAsync($"/v1/requests/{request}:rate", """{"stars":1,"resolved":true}""")).AssertProblem(409, "wrong-state");
        Assert.Empty(server.Log.Lines);
    }

    [Fact]
    public async Task Story_SurvivesARestartInTheMiddle()
    {
        await using ApiServer own = new();
        await own.InitializeAsync();
        await own.Admin.RegisterAsync(Examples.Helper("h1"));
        await own.Admin.SubmitAsync(Examples.Request("r1"));
        string offer = await own.OfferOfAsync("r1");
        (await own.Admin.PostAsync($"/v1/offers/{offer}:accept")).AssertStatus(HttpStatusCode.OK);

        await own.RestartAsync();

        Answered request = (await own.Admin.GetAsync("/v1/requests/r1")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("assigned", request.Text("status"));
        (await own.Admin.PostAsync("/v1/requests/r1:en-route")).AssertStatus(HttpStatusCode.OK);
        (await own.Admin.PostAsync("/v1/requests/r1:arrive")).AssertStatus(HttpStatusCode.OK);
        Answered done = (await own.Admin.PostAsync("/v1/requests/r1:complete", """{"resolved":true}""")).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("completed", done.Text("status"));
    }

    [Fact]
    public async Task Decline_LeavesTheRequestSearching()
    {
        string helper = Examples.NewId("h");
        string request = Examples.NewId("r");
        ApiClient device = await server.WithScopeAsync($"helper:{helper}");
        await server.Admin.RegisterAsync(Examples.Helper(helper, 47.37, 8.54));
        await server.Admin.SubmitAsync(Examples.Request(request, 47.371, 8.541));
        string offer = await server.OfferOfAsync(request);

        Answered declined = (await device.PostAsync($"/v1/offers/{offer}:decline", """{"reason":"busy","retryAfterSeconds":600}""")).AssertStatus(HttpStatusCode.OK);

        Assert.Equal("declined", declined.Text("status"));
        Assert.Equal("busy", declined.Text("reason"));
        Assert.False(declined.Json.GetProperty("place").TryGetProperty("position", out System.Text.Json.JsonElement place) && place.ValueKind != System.Text.Json.JsonValueKind.Null);
        Assert.Equal(helper, declined.Text("helperId"));
        Assert.Equal(3500, declined.Json.GetProperty("fee").GetProperty("amount").GetInt64());
        (await device.PostAsync($"/v1/offers/{offer}:accept")).AssertStatus(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Cancel_EndsTheRequestAndFreesTheHelper()
    {
        string helper = Examples.NewId("h");
        string request = Examples.NewId("r");
        await server.Admin.RegisterAsync(Examples.Helper(helper, 46.95, 7.44));
        await server.Admin.SubmitAsync(Examples.Request(request, 46.951, 7.441));
        string offer = await server.OfferOfAsync(request);

        Answered cancelled = (await server.Admin.PostAsync($"/v1/requests/{request}:cancel", """{"reason":"It works again."}""")).AssertStatus(HttpStatusCode.OK);

        Assert.Equal("cancelled", cancelled.Text("status"));
        (await server.Admin.PostAsync($"/v1/offers/{offer}:accept")).AssertProblem(409, "offer-withdrawn");
    }
}
