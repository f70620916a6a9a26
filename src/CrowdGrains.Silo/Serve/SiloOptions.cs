using System.Net;
using CrowdGrains.Api;
using CrowdGrains.Core.Matching;

namespace CrowdGrains.Silo.Serve;

/// <summary>What a silo is started with.</summary>
/// <param name="Postgres">The connection string of the cluster's database.</param>
/// <param name="Urls">Where the HTTP interface listens, separated by semicolons.</param>
/// <param name="AdvertisedAddress">Where other silos reach this one.</param>
/// <param name="Api">What the HTTP interface allows.</param>
/// <param name="AdminKey">The secret of an admin key; null when there is none.</param>
internal sealed record SiloOptions(
    string Postgres,
    string Urls,
    IPAddress AdvertisedAddress,
    int SiloPort,
    int GatewayPort,
    string ClusterId,
    string ServiceId,
    DispatchRules Rules,
    ApiOptions Api,
    string? AdminKey)
{
    /// <summary>Orleans' dashboard is shown to admins. Default: false.</summary>
    public bool ShowsDashboard { get; init; }
}
