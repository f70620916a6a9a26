using System.Net;
using CrowdGrains.Server.Tests.Commands;

namespace CrowdGrains.Server.Tests.Telemetry;

/// <summary>The server as a process, and what it sends by OTLP.</summary>
public sealed class ExportTests : IDisposable
{
    private const string Metrics = "/v1/metrics";
    private const string Traces = "/v1/traces";
    private const string AdminKey = "an-admin-key-of-the-tests";

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Serve_SendsMetersAndTraces_WhenAnEndpointIsNamed()
    {
        await using Collector collector = await Collector.StartAsync();
        await using Served server = await Served.StartAsync(_folder.At("data"), adminKey: AdminKey, environment: new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id=the-first",
        });
        Assert.Equal(HttpStatusCode.Created, await server.PostAsync(
            "/v1/helpers", """{"id":"ada-l","name":"Ada","tier":"friend","skills":[{"name":"router","level":3}],"radiusMeters":8000}""", AdminKey));
        Assert.Equal(HttpStatusCode.OK, await server.GetAsync("/v1/helpers/ada-l?secret=of-somebody", AdminKey));

        await collector.AwaitAsync(
            Metrics,
            "crowdgrains.engine.commands", "crowdgrains.engine.turns", "crowdgrains.events", "helper.registered", "crowdgrains.store.write.duration", "crowdgrains.requests.open",
            "crowdgrains.streams", "http.server.request.duration", "kestrel.active_connections", "dotnet.gc.collections", "the-first");
        await collector.AwaitAsync(Traces, "RegisterHelper", "/v1/helpers/{id}", "the-first");
        Assert.All((string[])[AdminKey, "ada-l", "of-somebody"], text => Assert.False(collector.Holds(Metrics, text) || collector.Holds(Traces, text), $"{text} was sent"));
        Assert.Equal(0, await server.EndAsync());
        Assert.Equal("", server.Error);
    }

    public void Dispose() => _folder.Dispose();
}
