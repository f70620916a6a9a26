using System.Net;
using System.Text.Json.Nodes;

namespace CrowdGrains.Api.Tests.Stories;

/// <summary>A device with a bad line sends everything twice: the answers are the same, and things happen once.</summary>
public sealed class RepeatedStoryTests(ApiServer server) : IClassFixture<ApiServer>
{
    private static int _places;

    [Fact]
    public async Task EachStepOfAJob_IsAnsweredTheSameWhenRepeated()
    {
        (string request, string helper, ApiClient device) = await OfferedAsync();
        string offer = await server.OfferOfAsync(request, helper);

        await TwiceAsync(device, $"/v1/offers/{offer}:accept", null);
        await TwiceAsync(device, $"/v1/requests/{request}:en-route", null);
        await TwiceAsync(device, $"/v1/requests/{request}:arrive", null);
        await TwiceAsync(device, $"/v1/requests/{request}:complete", """{"resolved":true}""");

        Answered done = await device.GetAsync($"/v1/requests/{request}");
        Assert.Equal(1, done.Json.GetProperty("visits").GetArrayLength());
        Answered timeline = (await server.Admin.GetAsync($"/v1/requests/{request}/timeline")).AssertStatus(HttpStatusCode.OK);
        string[] types = [.. timeline.Json.GetProperty("data").EnumerateArray().Select(happened => happened.GetProperty("type").GetString() ?? "")];
        Assert.Single(types, "request.assigned");
        Assert.Single(types, "request.completed");
    }

    [Fact]
    public async Task Abort_IsAnsweredTheSameWhenRepeated()
    {
        (string request, string helper, ApiClient device) = await OfferedAsync();
        string offer = await server.OfferOfAsync(request, helper);
        await TwiceAsync(device, $"/v1/offers/{offer}:accept", null);

        await TwiceAsync(device, $"/v1/requests/{request}:abort", """{"reason":"flat tyre"}""");
    }

    [Fact]
    public async Task Decline_IsAnsweredTheSameWhenRepeated()
    {
        (string request, string helper, ApiClient device) = await OfferedAsync();
        string offer = await server.OfferOfAsync(request, helper);

        Answered declined = await TwiceAsync(device, $"/v1/offers/{offer}:decline", """{"reason":"busy"}""");

        Assert.Equal("declined", declined.Text("status"));
    }

    [Fact]
    public async Task RefusedAcceptance_IsAnsweredTheSameWhenRepeated()
    {
        (string request, string helper, ApiClient device) = await OfferedAsync();
        string offer = await server.OfferOfAsync(request, helper);
        (await device.PostAsync($"/v1/offers/{offer}:decline")).AssertStatus(HttpStatusCode.OK);

        Answered refused = await TwiceAsync(device, $"/v1/offers/{offer}:accept", null, HttpStatusCode.Conflict);

        Assert.Equal("wrong-state", refused.Text("code"));
    }

    /// <summary>Once with the answer that was kept, and once as after a crash that left the claim alone: then the grain knows the command.</summary>
    private async Task<Answered> TwiceAsync(ApiClient device, string path, string? body, HttpStatusCode status = HttpStatusCode.OK)
    {
        (string, string) key = ("Idempotency-Key", Guid.NewGuid().ToString());
        Answered first = (await device.PostAsync(path, body, key)).AssertStatus(status);

        Answered kept = await device.PostAsync(path, body, key);

        Assert.Equal((first.Status, first.Body, first.ETag), (kept.Status, kept.Body, kept.ETag));
        Assert.Equal("true", kept.Header("Idempotent-Replayed"));
        await server.Engine.WriteAsync(
            [new Hosting.Stores.SqlWrite("UPDATE api_answers SET status = NULL, headers = NULL, body = NULL")], TestContext.Current.CancellationToken);
        Answered again = await device.PostAsync(path, body, key);
        Assert.Equal((first.Status, ""), (again.Status, again.Header("Idempotent-Replayed")));
        Assert.Equal(Shape(first), Shape(again));
        return first;
    }

    private static string? Shape(Answered answered) => answered.Json.TryGetProperty("status", out System.Text.Json.JsonElement status) ? status.ToString() : null;

    /// <summary>A request and the one helper near it, who is offered it.</summary>
    private async Task<(string Request, string Helper, ApiClient Device)> OfferedAsync()
    {
        (string request, string helper) = (Examples.NewId("r"), Examples.NewId("h"));
        int place = Interlocked.Increment(ref _places);
        JsonObject near = Examples.Helper(helper, 10 + place, 10);
        await server.Admin.RegisterAsync(near);
        await server.Admin.SubmitAsync(Examples.Request(request, 10.001 + place, 10.001));
        return (request, helper, await server.WithScopeAsync($"helper:{helper}"));
    }
}
