using System.Net;
using System.Text.Json;

namespace CrowdGrains.Api.Tests.Keys;

/// <summary>
/// Partner p1 has helper <c>mine</c> and request <c>own</c>; partner p2 and the house have others. Each row of who may do what, and each
/// way around it.
/// </summary>
public sealed class CrossOverTests(CrossOverTests.Stage stage) : IClassFixture<CrossOverTests.Stage>
{
    /// <summary>Endpoint, and which scopes get past the check of the scope: a admin, d dispatch, p partner, h helper.</summary>
    public static TheoryData<string, string, string> Endpoints => new()
    {
        { "POST", "/v1/keys", "a" },
        { "GET", "/v1/keys", "a" },
        { "DELETE", "/v1/keys/x", "a" },
        { "POST", "/v1/helpers", "adp" },
        { "GET", "/v1/helpers/x", "adph" },
        { "PATCH", "/v1/helpers/x", "adp" },
        { "POST", "/v1/helpers/x:online", "adph" },
        { "POST", "/v1/helpers/x:offline", "adph" },
        { "POST", "/v1/helpers/x:break", "adph" },
        { "PUT", "/v1/helpers/x/position", "adph" },
        { "POST", "/v1/positions", "adph" },
        { "POST", "/v1/requests", "adp" },
        { "GET", "/v1/requests/x", "adph" },
        { "POST", "/v1/requests/x:cancel", "adp" },
        { "POST", "/v1/requests/x:rate", "adp" },
        { "POST", "/v1/requests/x:en-route", "adph" },
        { "POST", "/v1/requests/x:arrive", "adph" },
        { "POST", "/v1/requests/x:complete", "adph" },
        { "POST", "/v1/requests/x:abort", "adph" },
        { "POST", "/v1/offers/x:accept", "adph" },
        { "POST", "/v1/offers/x:decline", "adph" },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Endpoint_IsForItsScopes(string method, string path, string scopes)
    {
        foreach ((char letter, ApiClient client) in ((char, ApiClient)[])[('a', stage.Server.Admin), ('d', stage.Dispatch), ('p', stage.Partner), ('h', stage.Device)])
        {
            Answered answer = await client.SendAsync(new HttpMethod(method), path, default(string));

            if (scopes.Contains(letter, StringComparison.Ordinal))
            {
                Assert.True(answer.Status is not HttpStatusCode.Unauthorized and not HttpStatusCode.Forbidden, $"{letter}: {answer.Status} {answer.Body}");
            }
            else
            {
                answer.AssertProblem(403, "forbidden");
            }
        }

        (await stage.Server.With(null).SendAsync(new HttpMethod(method), path, default(string))).AssertProblem(401, "unauthorized");
    }

    [Fact]
    public async Task Partner_MakesHelpersOfItsOwnOnly()
    {
        string id = Examples.NewId("h");

        Assert.Equal("p1", (await stage.Partner.RegisterAsync(Examples.Helper(id).Without("position"))).Text("partnerId"));

        Answered foreign = await stage.Partner.PostAsync("/v1/helpers", Examples.Helper(Examples.NewId("h")).With("partnerId", "p2").ToJsonString());
        foreign.AssertProblem(400, "invalid").AssertField("/partnerId");
    }

    [Fact]
    public async Task Partner_SubmitsRequestsOfItsOwn()
    {
        string id = Examples.NewId("r");

        Assert.Equal("p1", (await stage.Partner.SubmitAsync(Examples.Request(id, -33.8, 151.2))).Text("partnerId"));

        (await stage.Partner.GetAsync($"/v1/requests/{id}")).AssertStatus(HttpStatusCode.OK);
        (await stage.OtherPartner.GetAsync($"/v1/requests/{id}")).AssertProblem(404, "not-found");
        (await stage.OtherPartner.PostAsync($"/v1/requests/{id}:cancel")).AssertProblem(404, "not-found");
        (await stage.OtherPartner.PostAsync($"/v1/requests/{id}:rate", """{"stars":1,"resolved":false}""")).AssertProblem(404, "not-found");
        (await stage.Partner.PostAsync($"/v1/requests/{id}:cancel")).AssertStatus(HttpStatusCode.OK);
    }

    [Fact]
    public async Task HouseRequest_IsHiddenFromPartnersAndHelpers()
    {
        string id = Examples.NewId("r");
        Assert.Equal(JsonValueKind.Null, (await stage.Dispatch.SubmitAsync(Examples.Request(id, -33.8, 151.2))).Json.GetProperty("partnerId").ValueKind);

        foreach (ApiClient client in (ApiClient[])[stage.Partner, stage.Device])
        {
            (await client.GetAsync($"/v1/requests/{id}")).AssertProblem(404, "not-found");
            (await client.PostAsync($"/v1/requests/{id}:en-route")).AssertProblem(404, "not-found");
            (await client.PostAsync($"/v1/requests/{id}:arrive")).AssertProblem(404, "not-found");
            (await client.PostAsync($"/v1/requests/{id}:complete", """{"resolved":true}""")).AssertProblem(404, "not-found");
            (await client.PostAsync($"/v1/requests/{id}:abort")).AssertProblem(404, "not-found");
        }

        Assert.Equal("searching", (await stage.Dispatch.GetAsync($"/v1/requests/{id}")).Text("status"));
    }

    [Theory]
    [InlineData("partner:p2")]
    [InlineData("helper:foreign")]
    public async Task Helper_DoesNotExistForOthers(string scope)
    {
        ApiClient stranger = await stage.Server.WithScopeAsync(scope);
        string before = (await stage.Server.Admin.GetAsync("/v1/helpers/mine")).Body;

        (await stranger.GetAsync("/v1/helpers/mine")).AssertProblem(404, "not-found");
        (await stranger.PostAsync("/v1/helpers/mine:online", """{"position":{"lat":1,"lng":1}}""")).AssertProblem(404, "not-found");
        (await stranger.PostAsync("/v1/helpers/mine:offline")).AssertProblem(404, "not-found");
        (await stranger.PostAsync("/v1/helpers/mine:break")).AssertProblem(404, "not-found");
        (await stranger.PutAsync("/v1/helpers/mine/position", """{"lat":1,"lng":1}""")).AssertProblem(404, "not-found");
        if (scope.StartsWith("partner", StringComparison.Ordinal))
        {
            (await stranger.PatchAsync("/v1/helpers/mine", """{"name":"Eve"}""")).AssertProblem(404, "not-found");
        }

        Assert.Equal(before, (await stage.Server.Admin.GetAsync("/v1/helpers/mine")).Body);
    }

    [Theory]
    [InlineData("partner:p1")]
    [InlineData("helper:mine")]
    [InlineData("dispatch")]
    public async Task Helper_ExistsForItsOwn(string scope)
    {
        ApiClient own = await stage.Server.WithScopeAsync(scope);

        Assert.Equal("mine", (await own.GetAsync("/v1/helpers/mine")).AssertStatus(HttpStatusCode.OK).Text("id"));
    }

    [Fact]
    public async Task Offer_IsForItsHelperAndThoseAboveIt()
    {
        string helper = Examples.NewId("h");
        string request = Examples.NewId("r");
        await stage.Partner.RegisterAsync(Examples.Helper(helper, 35.68, 139.76));
        await stage.OtherPartner.SubmitAsync(Examples.Request(request, 35.681, 139.761));
        string offer = await stage.Server.OfferOfAsync(request);
        ApiClient device = await stage.Server.WithScopeAsync($"helper:{helper}");

        // Neither another helper, nor another partner, nor who submitted the request answers for the helper.
        foreach (ApiClient stranger in (ApiClient[])[stage.Device, stage.OtherPartner])
        {
            (await stranger.PostAsync($"/v1/offers/{offer}:accept")).AssertProblem(404, "not-found");
            (await stranger.PostAsync($"/v1/offers/{offer}:decline")).AssertProblem(404, "not-found");
        }

        // Before acceptance the request is nobody's but its owner's.
        (await device.GetAsync($"/v1/requests/{request}")).AssertProblem(404, "not-found");
        (await stage.Partner.GetAsync($"/v1/requests/{request}")).AssertProblem(404, "not-found");
        (await stage.OtherPartner.GetAsync($"/v1/requests/{request}")).AssertStatus(HttpStatusCode.OK);

        (await stage.Partner.PostAsync($"/v1/offers/{offer}:accept")).AssertStatus(HttpStatusCode.OK);

        // Now it is the job of the helper, whose partner may see and report it; who submitted it sees it and may not.
        (await device.GetAsync($"/v1/requests/{request}")).AssertStatus(HttpStatusCode.OK);
        (await stage.Partner.GetAsync($"/v1/requests/{request}")).AssertStatus(HttpStatusCode.OK);
        (await stage.Device.GetAsync($"/v1/requests/{request}")).AssertProblem(404, "not-found");
        (await stage.Device.PostAsync($"/v1/requests/{request}:en-route")).AssertProblem(404, "not-found");
        (await stage.OtherPartner.PostAsync($"/v1/requests/{request}:en-route")).AssertProblem(403, "forbidden");
        (await stage.Partner.PostAsync($"/v1/requests/{request}:cancel")).AssertProblem(403, "forbidden");
        (await stage.Partner.PostAsync($"/v1/requests/{request}:en-route")).AssertStatus(HttpStatusCode.OK);
        (await device.PostAsync($"/v1/requests/{request}:arrive")).AssertStatus(HttpStatusCode.OK);
        (await stage.Dispatch.PostAsync($"/v1/requests/{request}:complete", """{"resolved":true}""")).AssertStatus(HttpStatusCode.OK);
        (await stage.Partner.PostAsync($"/v1/requests/{request}:rate", """{"stars":5,"resolved":true}""")).AssertProblem(403, "forbidden");
        (await stage.OtherPartner.PostAsync($"/v1/requests/{request}:rate", """{"stars":5,"resolved":true}""")).AssertStatus(HttpStatusCode.OK);
    }

    public sealed class Stage : IAsyncLifetime
    {
        public ApiServer Server { get; } = new();

        public ApiClient Dispatch { get; private set; } = new(new HttpClient(), null);

        public ApiClient Partner { get; private set; } = new(new HttpClient(), null);

        public ApiClient OtherPartner { get; private set; } = new(new HttpClient(), null);

        /// <summary>Of the helper <c>mine</c>.</summary>
        public ApiClient Device { get; private set; } = new(new HttpClient(), null);

        public async ValueTask InitializeAsync()
        {
            await Server.InitializeAsync();
            Dispatch = await Server.WithScopeAsync("dispatch");
            Partner = await Server.WithScopeAsync("partner:p1");
            OtherPartner = await Server.WithScopeAsync("partner:p2");
            Device = await Server.WithScopeAsync("helper:mine");
            await Server.Admin.RegisterAsync(Examples.Helper("mine").With("partnerId", "p1"));
            await Server.Admin.RegisterAsync(Examples.Helper("foreign"));
        }

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
