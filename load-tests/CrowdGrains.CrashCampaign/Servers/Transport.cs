namespace CrowdGrains.CrashCampaign.Servers;

/// <summary>The connections of whoever calls.</summary>
internal static class Transport
{
    public static SocketsHttpHandler Create() => new() { UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = 128 };
}
