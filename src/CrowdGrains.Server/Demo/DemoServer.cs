using System.Security.Cryptography;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Server.Commands;
using CrowdGrains.Server.Serve;

namespace CrowdGrains.Server.Demo;

/// <summary>The server as it is in production, but for its clock.</summary>
internal sealed class DemoServer : IAsyncDisposable
{
    private readonly ServerHost _host;

    private DemoServer(ServerHost host, AcceleratedClock clock, string adminKey, long lastSequence)
    {
        _host = host;
        Clock = clock;
        AdminKey = adminKey;
        LastSequence = lastSequence;
        Address = AddressOf(host.Urls.First());
    }

    public static Catalogue Catalogue => Catalogue.Default;

    public AcceleratedClock Clock { get; }

    /// <summary>Where this machine reaches it.</summary>
    public Uri Address { get; }

    public string AdminKey { get; }

    /// <summary>The last event before the server started.</summary>
    public long LastSequence { get; }

    /// <exception cref="Days.InputException">Something the user gave cannot be used.</exception>
    public static async Task<DemoServer> StartAsync(DemoOptions options, string folder, DemoLog log, CancellationToken cancellation)
    {
        AcceleratedClock clock = new(TimeProvider.System, DateTimeOffset.UnixEpoch, options.Speed);
        long lastSequence = 0;
        string adminKey = ServeCommand.AdminKey() ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        ServeOptions serve = new(options.Urls, folder, null, DispatchPolicy.Score, Catalogue, adminKey)
        {
            Dispatch = DemoRules.Dispatch(options.Speed),
            Engine = DemoRules.Engine(options.Speed),
            Api = DemoRules.Api(options.Speed),
            Log = log,
            Clock = store =>
            {
                lastSequence = store.ReadLastSequence();
                return clock = new AcceleratedClock(TimeProvider.System, StartOf(options, store, lastSequence), options.Speed);
            },
        };
        ServerHost host = await ServerHost.StartAsync(serve, cancellation).ConfigureAwait(false);
        return new DemoServer(host, clock, adminKey, lastSequence);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>An earlier demo's time may have run ahead of ours: it goes on from there.</summary>
    private static DateTimeOffset StartOf(DemoOptions options, IStore store, long lastSequence)
    {
        DateTimeOffset start = options.Start ?? DateTimeOffset.UtcNow;
        return store.ReadEvents(lastSequence - 1, 1) is [EventRow newest]
            ? Instant.Later(Instant.FromDateTimeOffset(start), newest.At).ToDateTimeOffset()
            : start;
    }

    /// <summary>A server that listens on every address of the machine is reached on its own.</summary>
    private static Uri AddressOf(string url)
    {
        UriBuilder address = new(url);
        address.Host = address.Host is "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host;
        return address.Uri;
    }
}
