using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Idempotency;
using CrowdGrains.Api.Tests.Lists;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Api.Tests.Customers;

/// <summary>DELETE /v1/customers/{id}: nothing is left of the customer in any answer, and the counts stay.</summary>
public sealed class CustomerErasureTests : IAsyncLifetime
{
    private const string Name = "mrs-meier-of-the-third-floor";
    private const string Secret = "the key is under the mat";

    private readonly ApiServer _server = new();

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        await _server.Admin.RegisterAsync(Examples.Helper("h1", 47, 8));
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Delete_LeavesNothingOfTheCustomerInAnyAnswer()
    {
        await EndedAsync();
        (await _server.Admin.DeleteAsync($"/v1/customers/{Name}")).AssertStatus(HttpStatusCode.NoContent);

        Answered request = await _server.Admin.GetAsync("/v1/requests/r1");
        Assert.Equal("erased", request.Text("customerId"));
        Assert.NotEqual(47.00123, request.Json.GetProperty("position").GetProperty("lat").GetDouble());
        foreach (string path in (string[])["/v1/requests/r1", "/v1/requests/r1/timeline", "/v1/requests", "/v1/events?limit=200"])
        {
            AssertForgotten((await _server.Admin.GetAsync(path)).AssertStatus(HttpStatusCode.OK).Body);
        }

        Assert.Empty(await _server.Admin.IdsAsync($"/v1/requests?customerId={Name}"));
    }

    [Fact]
    public async Task Delete_LeavesTheCounts()
    {
        await EndedAsync();
        string before = Counts(await _server.Admin.GetAsync("/v1/kpis"));
        (await _server.Admin.DeleteAsync($"/v1/customers/{Name}")).AssertStatus(HttpStatusCode.NoContent);
        Assert.Equal(before, Counts(await _server.Admin.GetAsync("/v1/kpis")));
        Assert.Equal("completed", (await _server.Admin.GetAsync("/v1/requests/r1")).Text("status"));
    }

    [Fact]
    public async Task Delete_ForgetsTheAnswersKeptForRepeats()
    {
        string body = Body("r1").ToJsonString();
        (await _server.Admin.PostAsync("/v1/requests", body, ("Idempotency-Key", "once"))).AssertStatus(HttpStatusCode.Created);
        await _server.ServeAsync("r1");
        (await _server.Admin.DeleteAsync($"/v1/customers/{Name}")).AssertStatus(HttpStatusCode.NoContent);
        Answered repeat = await _server.Admin.PostAsync("/v1/requests", body, ("Idempotency-Key", "once"));
        Assert.Equal("", repeat.Header("Idempotent-Replayed"));
        AssertForgotten(repeat.Body);
    }

    [Fact]
    public async Task Delete_ForgetsWhyAHelperGaveUp()
    {
        await _server.Admin.SubmitAsync(Body("r1"));
        await _server.AcceptAsync("r1");
        (await _server.Admin.PostAsync("/v1/requests/r1:abort", $$"""{"reason":"{{Secret}}"}""")).AssertStatus(HttpStatusCode.OK);
        (await _server.Admin.PostAsync("/v1/requests/r1:cancel")).AssertStatus(HttpStatusCode.OK);
        Assert.Contains(Secret, (await _server.Admin.GetAsync("/v1/requests/r1/timeline")).Body, StringComparison.Ordinal);

        (await _server.Admin.DeleteAsync($"/v1/customers/{Name}")).AssertStatus(HttpStatusCode.NoContent);

        foreach (string path in (string[])["/v1/requests/r1/timeline", "/v1/events?limit=200"])
        {
            AssertForgotten((await _server.Admin.GetAsync(path)).AssertStatus(HttpStatusCode.OK).Body);
        }
    }

    /// <summary>Somebody has read the request and is about to keep the answer when its customer is erased.</summary>
    [Fact]
    public async Task Delete_WaitsForAnswersThatAreAboutToBeKept()
    {
        await EndedAsync();
        byte[] body = Encoding.UTF8.GetBytes((await _server.Admin.GetAsync("/v1/requests/r1")).Body);
        Operation late = Operation.Of("somebody", "late");
        await _server.Answers.ClaimAsync(late, [1], TestContext.Current.CancellationToken);
        Task<Answered> delete = _server.Admin.DeleteAsync($"/v1/customers/{Name}");
        CancellationToken deadline = Examples.Deadline();
        while (!_server.Answers.UnderErasure.Concern(body))
        {
            deadline.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await _server.Answers.KeepAsync(late, [1], Instant.FromDateTimeOffset(DateTimeOffset.UtcNow), new KeptAnswer(200, "\n\n", body));
        Assert.False(delete.IsCompleted);
        _server.Answers.Release(late);

        (await delete).AssertStatus(HttpStatusCode.NoContent);
        Assert.Equal(0, await _server.CountAsync($"SELECT COUNT(*) FROM api_answers WHERE instr(CAST(body AS TEXT), '{Secret}') > 0"));
    }

    [Fact]
    public async Task Submit_RefusesTheWordThatStandsForErasedCustomers() =>
        (await _server.Admin.PostAsync("/v1/requests", Body("r1").With("customerId", "erased").ToJsonString())).AssertProblem(400, "invalid").AssertField("/customerId");

    [Fact]
    public async Task Delete_KnowsNoCustomerByTheWordThatStandsForErasedOnes() =>
        (await _server.Admin.DeleteAsync("/v1/customers/erased")).AssertProblem(404, "not-found");

    [Fact]
    public async Task Delete_HoldsAfterARestart()
    {
        await EndedAsync();
        (await _server.Admin.DeleteAsync($"/v1/customers/{Name}")).AssertStatus(HttpStatusCode.NoContent);
        await _server.RestartAsync();
        AssertForgotten((await _server.Admin.GetAsync("/v1/events?limit=200")).AssertStatus(HttpStatusCode.OK).Body);
        AssertForgotten((await _server.Admin.GetAsync("/v1/requests/r1")).AssertStatus(HttpStatusCode.OK).Body);
        AssertForgotten((await _server.Admin.GetAsync("/v1/requests/r1/timeline")).AssertStatus(HttpStatusCode.OK).Body);
    }

    [Fact]
    public async Task Delete_IsRefusedWhileARequestIsOpen()
    {
        await EndedAsync();
        await _server.Admin.SubmitAsync(Body("r2").With("position", Examples.Position(1, 1)));
        Answered refused = (await _server.Admin.DeleteAsync($"/v1/customers/{Name}")).AssertProblem(409, "wrong-state");
        Assert.Contains("r2", refused.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(Name, (await _server.Admin.GetAsync("/v1/requests/r1")).Text("customerId"));
        (await _server.Admin.PostAsync("/v1/requests/r2:cancel", $$"""{"reason":"{{Secret}}"}""")).AssertStatus(HttpStatusCode.OK);
        (await _server.Admin.DeleteAsync($"/v1/customers/{Name}")).AssertStatus(HttpStatusCode.NoContent);
        AssertForgotten((await _server.Admin.GetAsync("/v1/requests/r2/timeline")).AssertStatus(HttpStatusCode.OK).Body);
    }

    [Fact]
    public async Task Delete_CanBeRepeated()
    {
        await EndedAsync();
        (await _server.Admin.DeleteAsync($"/v1/customers/{Name}")).AssertStatus(HttpStatusCode.NoContent);
        (await _server.Admin.DeleteAsync($"/v1/customers/{Name}")).AssertStatus(HttpStatusCode.NoContent);
        Assert.Single(
            await _server.Admin.IdsAsync("/v1/requests/r1/timeline", "type"), type => type == "request.forgotten");
    }

    [Fact]
    public async Task Delete_LeavesOtherCustomersAlone()
    {
        await EndedAsync();
        await _server.Admin.SubmitAsync(Body("r2").With("customerId", "other").With("position", Examples.Position(1, 1)));
        (await _server.Admin.DeleteAsync($"/v1/customers/{Name}")).AssertStatus(HttpStatusCode.NoContent);
        Answered other = await _server.Admin.GetAsync("/v1/requests/r2");
        Assert.Equal(("other", Secret), (other.Text("customerId"), other.Text("description")));
    }

    [Theory]
    [InlineData("partner:p1")]
    [InlineData("helper:h1")]
    public async Task Delete_IsForTheStaff(string scope) =>
        (await (await _server.WithScopeAsync(scope)).DeleteAsync($"/v1/customers/{Name}")).AssertProblem(403, "forbidden");

    private static JsonObject Body(string id) => Examples.Request(id, 47.00123, 8.00456)
        .With("customerId", Name).With("description", Secret).With("externalId", Name).With("metadata", new JsonObject { ["phone"] = Secret });

    private async Task EndedAsync()
    {
        await _server.Admin.SubmitAsync(Body("r1"));
        await _server.ServeAsync("r1");
    }

    private static void AssertForgotten(string text)
    {
        Assert.DoesNotContain(Name, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain("47.00123", text, StringComparison.Ordinal);
    }

    private static string Counts(Answered kpis) => kpis.Json.GetProperty("overall").GetRawText() + kpis.Json.GetProperty("byCell").GetRawText();
}
