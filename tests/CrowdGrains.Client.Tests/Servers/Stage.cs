namespace CrowdGrains.Client.Tests.Servers;

/// <summary>A client before a scripted server, on a clock that jumps over pauses.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public const string Helper = """
        {"id":"h1","name":"Ada","tier":"friend","skills":[{"name":"router","level":3}],"languages":["en"],"radiusMeters":8000,"capacity":1,
        "presence":"available","stale":false,"visits":0,"resolvedVisits":0,"ratings":0,"jobs":[],"metadata":{}}
        """;

    public const string Request = """
        {"id":"r1","customerId":"c1","problem":"router-setup","skills":[],"languages":[],"position":{"lat":1,"lng":2},"cell":"882a1072c9fffff",
        "severity":"normal","window":{},"channel":"web","description":"","status":"enRoute","submittedAt":"2026-03-01T12:00:00Z",
        "rung":{"index":0,"tier":"friend"},"visits":[],"metadata":{}}
        """;

    public const string Refusal = """{"type":"https://crowdgrains.dev/problems/overloaded","title":"Overloaded.","status":503,"code":"overloaded"}""";

    public Stage(params Func<Exchange, Task>[] script)
        : this(new CrowdGrainsClientOptions(), script)
    {
    }

    public Stage(CrowdGrainsClientOptions options, params Func<Exchange, Task>[] script)
    {
        Clock = new ImmediateClock(Limit);
        Server = new ScriptedServer(script);
        Client = new CrowdGrainsClient(Server.Address, "key-1", options with { Clock = Clock, AttemptTimeout = Limit, EventsIdleTimeout = Limit, PositionsKeepAlive = Limit });
    }

    public ImmediateClock Clock { get; }

    public ScriptedServer Server { get; }

    public CrowdGrainsClient Client { get; }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return Server.DisposeAsync();
    }
}
