using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace CrowdGrains.Fuzzer.Servers;

/// <summary>Listens where no webhook may lead: whoever connects has been led into our own network.</summary>
internal sealed class Trap : IDisposable
{
    private readonly TcpListener _listener = TcpListener.Create(0);
    private int _caught;

    public Trap()
    {
        _listener.Start();
        _ = CatchAsync();
    }

    public int Caught => Volatile.Read(ref _caught);

    /// <summary>Ways to write the address of this machine; some only show it when their name is looked up.</summary>
    public ImmutableArray<string> Urls()
    {
        int port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        string[] hosts =
        [
            "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "localhost", "LOCALHOST.", "a.localhost", "ip6-localhost",
            "ip6-loopback", Dns.GetHostName(), "169.254.169.254", "[fd00:ec2::254]", "[fe80::1%25lo]", "10.0.0.1", "user@127.0.0.1", "127.0.0.1.", "①②⑦.⓪.⓪.①", "127。0。0。1", "[::127.0.0.1]", "[64:ff9b::7f00:1]",
        ];
        return [.. hosts.Select(host => $"https://{host}:{port}/in"), $"http://127.0.0.1:{port}/in", $"https://x:{port}:80/", "https://", "https:127.0.0.1", "https:///in", "gopher://127.0.0.1/", "https://[/", "https://%31%32%37.0.0.1/", $"https://a{new string('b', 300)}/"];
    }

    public void Dispose() => _listener.Dispose();

    private async Task CatchAsync()
    {
        try
        {
            while (true)
            {
                using Socket caught = await _listener.AcceptSocketAsync().ConfigureAwait(false);
                Interlocked.Increment(ref _caught);
            }
        }
        catch (Exception ended) when (ended is ObjectDisposedException or SocketException)
        {
            // The run is over.
        }
    }
}
