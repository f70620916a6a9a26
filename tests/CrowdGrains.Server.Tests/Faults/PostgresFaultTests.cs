using System.Net;
using CrowdGrains.Server.Tests.Commands;
using CrowdGrains.Testing.Postgres;

namespace CrowdGrains.Server.Tests.Faults;

/// <summary>A real server on a real PostgreSQL that stops and starts under load.</summary>
public sealed class PostgresFaultTests : IDisposable
{
    private const int Callers = 4;

    private readonly PostgresServer _postgres = new();
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PostgresThatStops_IsSaidAndNothingAnsweredIsLost(bool isCrash)
    {
        Assert.SkipUnless(_postgres.TryStart(out string whyNot), whyNot);
        await using Served server = await Served.StartAsync(_folder.At("unused"), more: ["--postgres", _postgres.CreateDatabase()]);
        TaskCompletionSource underWay = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource enough = new();
        Task<List<string>>[] callers = [.. Enumerable.Range(0, Callers).Select(caller => RegisterAsync(server, caller, underWay, enough.Token))];
        await underWay.Task.WaitAsync(TestContext.Current.CancellationToken);

        if (isCrash)
        {
            _postgres.Crash();
        }
        else
        {
            _postgres.Stop();
        }

        await server.ReadyAsync(HttpStatusCode.ServiceUnavailable);
        (HttpStatusCode status, string? code, TimeSpan? retryAfter) = await server.RefusalAsync(HttpMethod.Post, "/v1/helpers", Helper("late"), server.Key);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "store-unavailable", TimeSpan.FromSeconds(1)), (status, code, retryAfter));
        Assert.Equal(HttpStatusCode.NoContent, await server.GetAsync("/healthz/live", null));

        _postgres.Start();
        await server.ReadyAsync(HttpStatusCode.NoContent);
        Assert.Equal(HttpStatusCode.Created, await server.PostAsync("/v1/helpers", Helper("after"), server.Key));
        await enough.CancelAsync();
        Assert.DoesNotContain(server.Log, line => line.Contains("   at ", StringComparison.Ordinal));
        foreach (string helper in (await Task.WhenAll(callers)).SelectMany(answered => answered).Append("after"))
        {
            Assert.Equal((helper, HttpStatusCode.OK), (helper, await server.GetAsync($"/v1/helpers/{helper}", server.Key)));
        }
    }

    public void Dispose()
    {
        _postgres.Dispose();
        _folder.Dispose();
    }

    /// <summary>Registers one helper after another; gives those that were answered with success.</summary>
    private static async Task<List<string>> RegisterAsync(Served server, int caller, TaskCompletionSource underWay, CancellationToken enough)
    {
        List<string> answered = [];
        for (int number = 1; !enough.IsCancellationRequested; number++)
        {
            string helper = $"h-{caller}-{number}";
            HttpStatusCode status = await server.PostAsync("/v1/helpers", Helper(helper), server.Key);
            Assert.True(status is HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable, $"{status}");
            if (status == HttpStatusCode.Created)
            {
                answered.Add(helper);
                _ = answered.Count == 20 && underWay.TrySetResult();
            }
        }

        return answered;
    }

    private static string Helper(string id) => $$"""{"id":"{{id}}","name":"Ada","tier":"friend","skills":[{"name":"router","level":3}],"radiusMeters":8000}""";
}
