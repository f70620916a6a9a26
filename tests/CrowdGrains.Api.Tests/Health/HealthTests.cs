using System.Net;

namespace CrowdGrains.Api.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task Health_NeedsNoKeyAndFollowsTheEngine()
    {
        await using ApiServer server = new();
        await server.InitializeAsync();
        (await server.With(null).GetAsync("/healthz/live")).AssertStatus(HttpStatusCode.NoContent);
        (await server.With(null).GetAsync("/healthz/ready")).AssertStatus(HttpStatusCode.NoContent);

        await server.Engine.DisposeAsync();

        (await server.With(null).GetAsync("/healthz/live")).AssertStatus(HttpStatusCode.NoContent);
        Answered stopped = (await server.With(null).GetAsync("/healthz/ready")).AssertProblem(503, "stopping");
        Assert.Equal("1", stopped.Header("Retry-After"));
    }

    [Fact]
    public async Task Command_IsUnavailableWhenTheEngineIs()
    {
        await using ApiServer server = new();
        await server.InitializeAsync();
        await server.Engine.DisposeAsync();

        Answered answer = await server.Admin.PostAsync("/v1/requests", Examples.Request("r1").ToJsonString());

        answer.AssertProblem(503, "stopping");
        Assert.NotEqual("", answer.Header("Retry-After"));
        Assert.Empty(server.Log.Lines);
    }
}
