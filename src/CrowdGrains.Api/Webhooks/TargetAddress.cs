using System.Net;
using System.Net.Sockets;

namespace CrowdGrains.Api.Webhooks;

/// <summary>Which addresses are on the Internet: all others could be a way into our own network.</summary>
internal static class TargetAddress
{
    // The special-purpose registries of IANA: https://www.iana.org/assignments/iana-ipv4-special-registry, …-ipv6-….
    private static readonly IPNetwork[] NotPublic4 = Parse(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    // Everything global is in here, but for what is below. Mapped, translated, unique-local, link-local, multicast and loopback are not.
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    // Among them 6to4 and Teredo: IPv4 addresses in disguise.
    private static readonly IPNetwork[] NotPublic6 = Parse("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    /// <summary>An IPv4 address written as an IPv6 one is judged as what it is.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !NotPublic4.Any(network => network.Contains(address)),
            AddressFamily.InterNetworkV6 => Global6.Contains(address) && !NotPublic6.Any(network => network.Contains(address)),
            _ => false,
        };
    }

    private static IPNetwork[] Parse(params ReadOnlySpan<string> networks)
    {
        IPNetwork[] parsed = new IPNetwork[networks.Length];
        for (int i = 0; i < networks.Length; i++)
        {
            parsed[i] = IPNetwork.Parse(networks[i]);
        }

        return parsed;
    }
}
