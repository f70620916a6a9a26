using System.Net;
using CrowdGrains.Api.Telemetry;
using CrowdGrains.Api.Tests.Events;
using CrowdGrains.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CrowdGrains.Api.Tests.Telemetry;

/// <summary>Each instrument moves when what it counts happens, over the embedded engine; and tells nobody's name.</summary>
public sealed class InstrumentTests : IAsyncLifetime
{
    private readonly ApiServer _server = new();
    private Measured? _measured;

    private Measured Now => _measured ?? throw new InvalidOperationException("The server is not running.");

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _measured = new Measured(_server.Engine.Instruments.Meter, _server.Engine.Dispatch.Meter, _server.App.Services.GetRequiredService<ApiInstruments>().Meter);
    }

    public async ValueTask DisposeAsync()
    {
        _measured?.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Commands_AreCountedByTheirAnswerAndTimed()
    {
        string helper = Examples.NewId("h");
        await _server.Admin.RegisterAsync(Examples.Helper(helper));
        (await _server.Admin.PostAsync("/v1/helpers", Examples.Helper(helper).ToJsonString())).AssertStatus(HttpStatusCode.Conflict);

        // Registering with a position is two: the helper goes online with it.
        double taken = Now.Value("crowdgrains.engine.commands", "answer=ok");
        Assert.InRange(taken, 1, 2);
        Assert.Equal(1, Now.Value("crowdgrains.engine.commands", "answer=already-exists"));
        Assert.Equal(1, Now.Value("crowdgrains.engine.turns.refused", "reason=repeated"));
        Assert.Equal(taken + 1, Now.Count("crowdgrains.engine.command.duration"));
        Assert.InRange(Now.Value("crowdgrains.engine.command.duration"), 0, 60);
        Assert.True(Now.Value("crowdgrains.engine.turns") >= Now.Value("crowdgrains.engine.turns.durable") + 1);
        Assert.True(Now.Value("crowdgrains.engine.turns.durable") >= 1);
    }

    [Fact]
    public async Task Writes_AreTimedAndSized()
    {
        await _server.Admin.RegisterAsync(Examples.Helper(Examples.NewId("h")));

        Assert.True(Now.Count("crowdgrains.store.write.duration") >= 1);
        Assert.True(Now.Value("crowdgrains.store.write.size") >= 1);
        Assert.Equal(0, Now.Count("crowdgrains.store.write.failures"));
    }

    [Fact]
    public async Task Engine_TellsWhatItHoldsAndThatItIsReady()
    {
        await _server.Admin.RegisterAsync(Examples.Helper(Examples.NewId("h")));

        Assert.Equal(1, Now.Value("crowdgrains.engine.activations", "kind=helper"));
        Assert.Equal((1, 1), (Now.Value("crowdgrains.engine.ready"), Now.Value("crowdgrains.store.available")));
        Assert.Equal(2, Now.Count("crowdgrains.engine.queue"));
        Assert.DoesNotContain(Now.Series, series => series.StartsWith("crowdgrains.events.relay.lag", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Positions_AreCounted()
    {
        string helper = Examples.NewId("h");
        await _server.Admin.RegisterAsync(Examples.Helper(helper));

        (await _server.Admin.PutAsync($"/v1/helpers/{helper}/position", Examples.Position(40.75, -73.98).ToJsonString())).AssertStatus(HttpStatusCode.NoContent);

        Assert.Equal(1, Now.Value("crowdgrains.engine.positions", "result=taken"));
        Assert.Equal(0, Now.Value("crowdgrains.engine.positions", "result=refused"));
    }

    [Fact]
    public async Task Requests_AreFollowedFromTheSubmissionToTheAssignment()
    {
        await AssignAsync();

        Assert.Equal(1, Now.Value("crowdgrains.events", "type=request.submitted"));
        Assert.Equal(1, Now.Value("crowdgrains.events", "type=offer.issued"));
        Assert.Equal(1, Now.Value("crowdgrains.events", "type=offer.accepted"));
        Assert.Equal(1, Now.Value("crowdgrains.events", "type=request.assigned"));
        Assert.Equal(1, Now.Count("crowdgrains.request.time_to_offer"));
        Assert.Equal(1, Now.Count("crowdgrains.request.time_to_assign"));
        Assert.True(Now.Value("crowdgrains.request.time_to_offer") <= Now.Value("crowdgrains.request.time_to_assign"));
    }

    [Fact]
    public async Task ReadModel_TellsOfTheWholeCity()
    {
        await AssignAsync();
        (await _server.Admin.GetAsync("/v1/requests")).AssertStatus(HttpStatusCode.OK);

        Assert.Equal(1, Now.Value("crowdgrains.requests.open"));
        Assert.Equal(1, Now.Value("crowdgrains.seats.on_duty", "tier=friend"));
        Assert.Equal(1, Now.Value("crowdgrains.seats.bound", "tier=friend"));
        Assert.InRange(Now.Value("crowdgrains.read_model.lag"), 0, 10);
    }

    [Fact]
    public async Task Streams_AreCountedWhileTheyAreOpen()
    {
        using HttpRequestMessage request = EventServer.Request(HttpMethod.Get, "/v1/events", ApiServer.AdminKey);
        request.Headers.Accept.ParseAdd("text/event-stream");
        using (await _server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        {
            Assert.Equal(1, Now.Value("crowdgrains.streams", "kind=events"));
            Assert.Equal(0, Now.Value("crowdgrains.streams", "kind=positions"));
        }
    }

    [Fact]
    public async Task Tags_AreFewAndNameNobody()
    {
        await AssignAsync();

        Assert.All(Now.Series, series => Assert.Matches("^[a-z._]+\\{([a-z]+=[a-zA-Z.-]+)?\\}$", series));
        Assert.InRange(Now.Series.Count, 20, 200);
    }

    /// <summary>A helper, a request, and that it is assigned.</summary>
    private async Task AssignAsync()
    {
        string request = Examples.NewId("r");
        await _server.Admin.RegisterAsync(Examples.Helper(Examples.NewId("h")));
        await _server.Admin.SubmitAsync(Examples.Request(request));
        string offer = await _server.OfferOfAsync(request);
        (await _server.Admin.PostAsync($"/v1/offers/{offer}:accept")).AssertStatus(HttpStatusCode.OK);
    }
}
