using System.Globalization;
using System.Net;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;
using CrowdGrains.Embedded;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Testing;

namespace CrowdGrains.Api.Tests.Limits;

/// <summary>The engine's queue is full: its only shard is held in the middle of a turn, and calls wait in front of it.</summary>
public sealed class FullQueueTests : IAsyncLifetime, IDisposable
{
    private readonly HeldTravelTime _held = new();
    private readonly List<Task> _waiting = [];
    private readonly ApiServer _server;

    public FullQueueTests() => _server = new ApiServer
    {
        EngineOptions = new EmbeddedOptions { Shards = 1, QueueCapacity = 16 },
        Rules = new DispatchRules(TinyCatalogue.Value, DispatchPolicy.Score, _held, TestRules.Options with { PresenceLease = TimeSpan.FromMinutes(2) }),
    };

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        await _server.Admin.RegisterAsync(Examples.Helper("h1"));
        (await _server.Admin.PutAsync("/v1/helpers/h1/position", """{"lat":40.75,"lng":-73.98}""")).AssertStatus(HttpStatusCode.NoContent);
        _held.Hold();
        _waiting.Add(_server.Admin.SubmitAsync(Examples.Request("r1")));
        await _held.Reached.WaitAsync(Examples.Deadline());
        while (TryWait())
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        _held.Release();
        await Task.WhenAll(_waiting);
        await _server.DisposeAsync();
    }

    public void Dispose() => _held.Dispose();

    [Theory]
    [InlineData("POST", "/v1/helpers/h1:offline", null)]
    [InlineData("POST", "/v1/helpers", """{"id":"h2","name":"B","tier":"friend","skills":[{"name":"router","level":3}],"radiusMeters":8000,"position":{"lat":1,"lng":1}}""")]
    [InlineData("POST", "/v1/requests", """{"customerId":"c","problem":"router","position":{"lat":1,"lng":1}}""")]
    [InlineData("GET", "/v1/helpers/h1", null)]
    [InlineData("PUT", "/v1/helpers/h1/position", """{"lat":40.76,"lng":-73.97}""")]
    public async Task Call_IsToldToComeAgain(string method, string path, string? body)
    {
        Answered refused = (await _server.Admin.SendAsync(new HttpMethod(method), path, body)).AssertProblem(503, "overloaded");

        Assert.InRange(int.Parse(refused.Header("Retry-After"), CultureInfo.InvariantCulture), 1, 10);
    }

    [Fact]
    public async Task Command_IsCarriedOutWhenItComesAgain()
    {
        (string, string) key = ("Idempotency-Key", "k");
        (await _server.Admin.PostAsync("/v1/helpers/h1:offline", null, key)).AssertProblem(503, "overloaded");
        _held.Release();
        await Task.WhenAll(_waiting);

        Answered offline = (await _server.Admin.PostAsync("/v1/helpers/h1:offline", null, key)).AssertStatus(HttpStatusCode.OK);

        Assert.Equal("", offline.Header("Idempotent-Replayed"));
        Assert.Equal("offline", offline.Text("presence"));
    }

    private bool TryWait()
    {
        ValueTask<HelperSnapshot?> call = _server.Engine.FindHelperAsync(HelperId.From("h1"), TestContext.Current.CancellationToken);
        if (call.IsFaulted)
        {
            Assert.Equal(UnavailableReason.Overloaded, Assert.IsType<UnavailableException>(call.AsTask().Exception?.InnerException).Reason);
            return false;
        }

        _waiting.Add(call.AsTask());
        return true;
    }

    /// <summary>Holds the thread that asks for a travel time, as long as the test wants.</summary>
    private sealed class HeldTravelTime : ITravelTime, IDisposable
    {
        private readonly DistanceTravelTime _distance = new();
        private readonly ManualResetEventSlim _open = new(initialState: true);
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Hold() => _open.Reset();

        public void Release() => _open.Set();

        public int EtaSeconds(int distanceMeters, Tier tier, Instant departure)
        {
            if (!_open.IsSet)
            {
                _reached.TrySetResult();
                _open.Wait();
            }

            return _distance.EtaSeconds(distanceMeters, tier, departure);
        }

        public void Dispose() => _open.Dispose();
    }
}
