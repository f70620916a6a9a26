using System.Net;
using System.Net.Sockets;

namespace CrowdGrains.Testing;

/// <summary>Ports of the loopback interface that nobody listened on a moment ago.</summary>
public static class FreePort
{
    public static int Next()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
