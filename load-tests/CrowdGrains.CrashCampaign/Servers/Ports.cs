using System.Net;
using System.Net.Sockets;

namespace CrowdGrains.CrashCampaign.Servers;

/// <summary>Ports that stay free while nobody listens: below those that systems give to outgoing connections.</summary>
internal static class Ports
{
    private const int First = 20_000;
    private const int Last = 32_000;
    private const int Attempts = 200;

    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static int Free()
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            int port = Random.Shared.Next(First, Last);
            try
            {
                using TcpListener listener = new(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }

        throw new InvalidOperationException("No port is free.");
    }
}
