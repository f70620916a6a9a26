using System.Net;
using System.Net.Sockets;

namespace CrowdGrains.ClusterBenchmarks;

internal static class FreePort
{
    public static int Next()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
