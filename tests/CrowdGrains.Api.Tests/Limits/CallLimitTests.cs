using System.Globalization;
using System.Net;

namespace CrowdGrains.Api.Tests.Limits;

public sealed class CallLimitTests
{
    [Fact]
    public async Task Key_IsLimitedByItselfAndToldWhenToComeBack()
    {
        await using ApiServer server = new() { Options = new ApiOptions { CallsAtOnce = 5, CallsPerSecond = 1 } };
        await server.InitializeAsync();
        ApiClient dispatch = await server.WithScopeAsync("dispatch");

        List<Answered> answers = [];
        for (int i = 0; i < 8; i++)
        {
            answers.Add(await dispatch.GetAsync("/v1/helpers/nobody"));
        }

        Assert.InRange(answers.Count(answer => answer.Status == HttpStatusCode.NotFound), 5, 7);
        Answered refused = answers[^1].AssertProblem(429, "too-many-requests");
        Assert.InRange(int.Parse(refused.Header("Retry-After"), CultureInfo.InvariantCulture), 1, 10);

        // Another key is not concerned, nor is who asks for health.
        (await server.Admin.GetAsync("/v1/helpers/nobody")).AssertProblem(404, "not-found");
        (await server.With(null).GetAsync("/healthz/live")).AssertStatus(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Refusal_IsNotKeptForRepeats()
    {
        await using ApiServer server = new() { Options = new ApiOptions { CallsAtOnce = 2, CallsPerSecond = 1 } };
        await server.InitializeAsync();
        ApiClient dispatch = await server.WithScopeAsync("dispatch");
        Answered answer;
        do
        {
            answer = await dispatch.GetAsync("/v1/helpers/nobody");
        }
        while (answer.Status != HttpStatusCode.TooManyRequests);

        string body = Examples.Request("r1", 20, 20).ToJsonString();
        while (answer.Status == HttpStatusCode.TooManyRequests)
        {
            answer = await dispatch.PostAsync("/v1/requests", body, ("Idempotency-Key", "k"));
        }

        answer.AssertStatus(HttpStatusCode.Created);
    }

    [Fact]
    public async Task HugeHeaders_AreRefused()
    {
        await using ApiServer server = new();
        await server.InitializeAsync();

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, (await server.Admin.GetAsync("/v1/keys", ("X-Large", new string('x', 20_000)))).Status);
    }

    [Fact]
    public void Options_AreValidated()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ApiOptions { MaxBodyBytes = 10 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ApiOptions { CallsPerSecond = 0 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new ApiOptions { AnswersKept = TimeSpan.Zero }.Validate());
        new ApiOptions().Validate();
    }
}
