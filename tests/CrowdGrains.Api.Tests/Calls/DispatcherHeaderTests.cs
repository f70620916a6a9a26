using System.Net;

namespace CrowdGrains.Api.Tests.Calls;

public sealed class DispatcherHeaderTests : IAsyncLifetime
{
    private readonly ApiServer _server = new();

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        (await _server.Admin.PostAsync("/v1/requests", Examples.Request("r1").ToJsonString())).AssertStatus(HttpStatusCode.Created);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Name_StandsInTheTimelineBesideTheKey()
    {
        (await _server.Admin.PostAsync("/v1/requests/r1:cancel", """{"reason":"called twice"}""", ("Dispatcher", "Zo%C3%AB%20Frei"))).AssertStatus(HttpStatusCode.OK);
        Assert.EndsWith(":Zoë Frei", (await _server.Admin.GetAsync("/v1/requests/r1/timeline")).Json.GetProperty("data").EnumerateArray().Last().GetProperty("actor").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a%0Ab")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890")]
    public async Task Name_IsRefusedWhenItIsNoName(string name)
    {
        Answered refused = await _server.Admin.PostAsync("/v1/requests/r1:cancel", "{}", ("Dispatcher", name));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Dispatcher", refused.Body, StringComparison.Ordinal);
        Assert.NotEqual("cancelled", (await _server.Admin.GetAsync("/v1/requests/r1")).Text("status"));
    }
}
