using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrowdGrains.Api.Tests.Requests;

/// <summary>What dispatchers do by hand. Each test has a town of its own.</summary>
public sealed class OverrideTests(ApiServer server) : IClassFixture<ApiServer>
{
    private static int _town;
    private readonly double _degrees = 10 + Interlocked.Increment(ref _town);
    private readonly string _helper = Examples.NewId("h");
    private readonly string _request = Examples.NewId("r");

    [Fact]
    public async Task Assign_AnswersWithTheAssignment_InTheNameOfTheDispatcher()
    {
        await AddHelperAsync(_helper);
        await SubmitAsync();
        Answered seen = await GetAsync();

        Answered assigned = await AssignAsync(_helper, ("If-Match", (await GetAsync()).ETag ?? ""), ("Dispatcher", "Mira"));

        Assert.Equal((HttpStatusCode.OK, "assigned"), (assigned.Status, assigned.Text("status")));
        Assert.Equal(_helper, assigned.Json.GetProperty("assignment").GetProperty("helperId").GetString());
        Assert.NotEqual(seen.ETag, assigned.ETag);
        JsonElement ordered = await EventAsync("request.ordered");
        Assert.EndsWith(":Mira", ordered.GetProperty("actor").GetString(), StringComparison.Ordinal);
        Assert.Equal(_helper, ordered.GetProperty("data").GetProperty("helperId").GetString());
        (await AssignAsync(_helper)).AssertStatus(HttpStatusCode.OK);
        (await AssignAsync(Examples.NewId("h"))).AssertProblem(409, "wrong-state");
    }

    [Fact]
    public async Task Assign_SaysWhyNot()
    {
        string busy = Examples.NewId("h");
        string other = Examples.NewId("r");
        await AddHelperAsync(busy);
        await server.Admin.SubmitAsync(Examples.Request(other, _degrees, _degrees));
        (await server.Admin.PostAsync($"/v1/requests/{other}:assign", Named(busy))).AssertStatus(HttpStatusCode.OK);

        await SubmitAsync();
        (await AssignAsync(_helper)).AssertProblem(409, "helper-unknown");
        await AddHelperAsync(_helper);
        (await server.Admin.PostAsync($"/v1/helpers/{_helper}:offline")).AssertStatus(HttpStatusCode.OK);
        Answered offline = (await AssignAsync(_helper)).AssertProblem(409, "helper-offline");
        Assert.Equal("The helper is off duty.", offline.Text("detail"));
        (await AssignAsync(busy)).AssertProblem(409, "helper-full");
        Assert.Equal("helperFull", (await EventAsync("request.orderFailed", last: true)).GetProperty("data").GetProperty("reason").GetString());
        (await server.Admin.PostAsync($"/v1/requests/{_request}:cancel")).AssertStatus(HttpStatusCode.OK);
        (await AssignAsync(busy)).AssertProblem(409, "wrong-state");
    }

    [Fact]
    public async Task Assign_IsAnsweredTheSameWhenRepeated_AlsoWhenItsAnswerWasLost()
    {
        await AddHelperAsync(_helper);
        await SubmitAsync();
        (string, string)[] headers = [("If-Match", (await GetAsync()).ETag ?? ""), ("Idempotency-Key", _request)];
        Answered first = (await AssignAsync(_helper, headers)).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(first.Body, (await AssignAsync(_helper, headers)).AssertStatus(HttpStatusCode.OK).Body);
        await server.Engine.WriteAsync([new Hosting.Stores.SqlWrite("DELETE FROM api_answers")], TestContext.Current.CancellationToken);
        Assert.Equal(first.Body, (await AssignAsync(_helper, headers)).AssertStatus(HttpStatusCode.OK).Body);

        string refusal = Examples.NewId("r");
        await server.Admin.SubmitAsync(Examples.Request(refusal, _degrees, _degrees));
        foreach (int _ in (int[])[1, 2])
        {
            (await server.Admin.PostAsync($"/v1/requests/{refusal}:assign", Named(_helper), ("Idempotency-Key", refusal))).AssertProblem(409, "helper-full");
        }
    }

    [Fact]
    public async Task Withdraw_PaysReleasesAndSearchesAgain()
    {
        await AddHelperAsync(_helper);
        await SubmitAsync();
        (await AssignAsync(_helper)).AssertStatus(HttpStatusCode.OK);
        (await server.Admin.PostAsync($"/v1/requests/{_request}:en-route")).AssertStatus(HttpStatusCode.OK);

        Answered withdrawn = await WithdrawAsync("""{"reason":"sent elsewhere"}""", ("Dispatcher", "Mira"), ("Idempotency-Key", _request));

        withdrawn.AssertStatus(HttpStatusCode.OK);
        Assert.Equal(("searching", JsonValueKind.Null), (withdrawn.Text("status"), withdrawn.Json.GetProperty("assignment").ValueKind));
        Assert.Equal("withdrawn", withdrawn.Json.GetProperty("visits")[0].GetProperty("outcome").GetString());
        JsonElement logged = await EventAsync("request.withdrawn");
        Assert.EndsWith(":Mira", logged.GetProperty("actor").GetString(), StringComparison.Ordinal);
        Assert.Equal(800, logged.GetProperty("data").GetProperty("tripPay").GetProperty("amount").GetInt32());
        Assert.Equal(withdrawn.Body, (await WithdrawAsync("""{"reason":"sent elsewhere"}""", ("Idempotency-Key", _request))).Body);
        (await WithdrawAsync(null)).AssertProblem(409, "wrong-state");
    }

    [Fact]
    public async Task Withdraw_TakesAnOpenOfferBack()
    {
        await AddHelperAsync(_helper);
        await SubmitAsync();
        string offer = await server.OfferOfAsync(_request, _helper);
        (await WithdrawAsync(null)).AssertStatus(HttpStatusCode.OK);
        (await server.Admin.PostAsync($"/v1/offers/{offer}:accept")).AssertProblem(409, "offer-withdrawn");
    }

    [Fact]
    public async Task Severity_MovesTheDeadline()
    {
        await SubmitAsync();
        Answered before = await GetAsync();
        Answered changed = await PatchAsync("""{"severity":"critical"}""", ("If-Match", before.ETag ?? ""), ("Dispatcher", "Mira"), ("Idempotency-Key", _request));
        changed.AssertStatus(HttpStatusCode.OK);
        Assert.Equal("critical", changed.Text("severity"));
        Assert.Equal(before.Json.GetProperty("deadline").GetDateTimeOffset() - TimeSpan.FromHours(3), changed.Json.GetProperty("deadline").GetDateTimeOffset());
        Assert.EndsWith(":Mira", (await EventAsync("request.severityChanged")).GetProperty("actor").GetString(), StringComparison.Ordinal);
        Answered again = await PatchAsync("""{"severity":"critical"}""", ("If-Match", before.ETag ?? ""), ("Idempotency-Key", _request));
        Assert.Equal((changed.Body, "true"), (again.Body, again.Header("Idempotent-Replayed")));
        (await PatchAsync("""{"severity":"low"}""", ("Idempotency-Key", _request))).AssertProblem(422, "idempotency-key-reused");
        (await PatchAsync("""{"severity":"critical"}""")).AssertStatus(HttpStatusCode.OK);
        (await server.Admin.PostAsync($"/v1/requests/{_request}:cancel")).AssertStatus(HttpStatusCode.OK);
        (await PatchAsync("""{"severity":"low"}""")).AssertProblem(409, "wrong-state");
    }

    [Fact]
    public async Task Conditions_AreJudged()
    {
        await AddHelperAsync(_helper);
        await SubmitAsync();
        await server.OfferOfAsync(_request, _helper);
        (await AssignAsync(_helper, ("If-Match", "\"999\""))).AssertProblem(412, "version-mismatch");
        (await WithdrawAsync(null, ("If-Match", "\"999\""))).AssertProblem(412, "version-mismatch");
        (await PatchAsync("""{"severity":"low"}""", ("If-Match", "\"999\""))).AssertProblem(412, "version-mismatch");
        Answered unchanged = await GetAsync();
        Assert.Equal(("offering", "normal"), (unchanged.Text("status"), unchanged.Text("severity")));
    }

    [Fact]
    public async Task Bodies_AreReadStrictly()
    {
        await SubmitAsync();
        (await server.Admin.PostAsync($"/v1/requests/{_request}:assign", "{}")).AssertProblem(400, "invalid").AssertField("/helperId");
        (await server.Admin.PostAsync($"/v1/requests/{_request}:assign", """{"helperId":"a b"}""")).AssertProblem(400, "invalid").AssertField("/helperId");
        (await server.Admin.PostAsync($"/v1/requests/{_request}:assign", """{"helperId":"ada","force":true}""")).AssertProblem(400, "invalid").AssertField("/force");
        (await server.Admin.PostAsync($"/v1/requests/{_request}:assign")).AssertStatus(HttpStatusCode.BadRequest);
        (await WithdrawAsync($$"""{"reason":"{{new string('x', 201)}}"}""")).AssertProblem(400, "invalid").AssertField("/reason");
        (await PatchAsync("{}")).AssertProblem(400, "invalid").AssertField("/severity");
        (await PatchAsync("""{"severity":"urgent"}""")).AssertProblem(400, "invalid").AssertField("/severity");
        (await PatchAsync("""{"severity":"low","status":"completed"}""")).AssertProblem(400, "invalid").AssertField("/status");
    }

    [Fact]
    public async Task Severity_MustBeOneThatARungTakes()
    {
        await server.Admin.SubmitAsync(Examples.Request(_request, _degrees, _degrees).With("problem", "alarm").With("severity", "critical"));
        (await PatchAsync("""{"severity":"low"}""")).AssertProblem(400, "invalid").AssertField("/severity");
    }

    [Fact]
    public async Task Overrides_AreForTheStaffAlone()
    {
        ApiClient partner = await server.WithScopeAsync("partner:p1");
        ApiClient device = await server.WithScopeAsync($"helper:{_helper}");
        ApiClient front = await server.WithScopeAsync("dispatch");
        await AddHelperAsync(_helper);
        (await partner.PostAsync("/v1/requests", Examples.Request(_request, _degrees, _degrees).ToJsonString())).AssertStatus(HttpStatusCode.Created);
        foreach (ApiClient other in new[] { partner, device })
        {
            (await other.PostAsync($"/v1/requests/{_request}:assign", Named(_helper))).AssertProblem(403, "forbidden");
            (await other.PostAsync($"/v1/requests/{_request}:withdraw")).AssertProblem(403, "forbidden");
            (await other.PatchAsync($"/v1/requests/{_request}", """{"severity":"low"}""")).AssertProblem(403, "forbidden");
        }

        (await server.With(null).PostAsync($"/v1/requests/{_request}:withdraw")).AssertProblem(401, "unauthorized");
        (await front.PatchAsync($"/v1/requests/{_request}", """{"severity":"low"}""")).AssertStatus(HttpStatusCode.OK);
        (await front.PostAsync($"/v1/requests/{_request}:assign", Named(Examples.NewId("h")))).AssertProblem(409, "helper-unknown");
        (await front.PostAsync($"/v1/requests/{_request}:assign", Named(_helper))).AssertStatus(HttpStatusCode.OK);
        (await front.PostAsync($"/v1/requests/{_request}:withdraw")).AssertStatus(HttpStatusCode.OK);

        string[] told = [.. (await partner.GetAsync($"/v1/requests/{_request}/timeline")).Json.GetProperty("data").EnumerateArray().Select(entry => entry.GetProperty("type").GetString() ?? "")];
        Assert.Contains("request.severityChanged", told);
        Assert.Contains("request.withdrawn", told);
        Assert.DoesNotContain(told, type => type.StartsWith("request.order", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Overrides_OfWhatIsNotThereAreNotFound()
    {
        (await AssignAsync(_helper)).AssertProblem(404, "not-found");
        (await WithdrawAsync(null)).AssertProblem(404, "not-found");
        (await PatchAsync("""{"severity":"low"}""")).AssertProblem(404, "not-found");
    }

    private Task<Answered> AddHelperAsync(string id) => server.Admin.RegisterAsync(Examples.Helper(id, _degrees, _degrees));

    private Task<Answered> SubmitAsync() => server.Admin.SubmitAsync(Examples.Request(_request, _degrees, _degrees));

    private Task<Answered> GetAsync() => server.Admin.GetAsync($"/v1/requests/{_request}");

    private Task<Answered> AssignAsync(string helper, params (string, string)[] headers) =>
        server.Admin.PostAsync($"/v1/requests/{_request}:assign", Named(helper), headers);

    private Task<Answered> WithdrawAsync(string? body, params (string, string)[] headers) =>
        server.Admin.PostAsync($"/v1/requests/{_request}:withdraw", body, headers);

    private Task<Answered> PatchAsync(string body, params (string, string)[] headers) => server.Admin.PatchAsync($"/v1/requests/{_request}", body, headers);

    private async Task<JsonElement> EventAsync(string type, bool last = false)
    {
        JsonElement[] all = [.. (await server.Admin.GetAsync($"/v1/requests/{_request}/timeline")).Json.GetProperty("data").EnumerateArray().Where(entry => entry.GetProperty("type").GetString() == type)];
        return last ? all[^1] : Assert.Single(all);
    }

    private static string Named(string helper) => new JsonObject { ["helperId"] = helper }.ToJsonString();
}
