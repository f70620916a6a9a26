using CrowdGrains.Client.Contract;
using CrowdGrains.Client.Transport;

namespace CrowdGrains.Client.Calls;

/// <summary>A part of the map in WGS 84 degrees. West is greater than east where it crosses the antimeridian.</summary>
public readonly record struct BoundingBox(double West, double South, double East, double North);

/// <summary>What is where now, and how well it goes.</summary>
public sealed class MapCalls
{
    private readonly HttpTransport _transport;

    internal MapCalls(HttpTransport transport) => _transport = transport;

    /// <summary>The cells of a box that hold anything.</summary>
    public async Task<CellMap> GetCellsAsync(BoundingBox box, int? resolution = null, CancellationToken cancellation = default)
    {
        string corners = string.Join(',', Addresses.Text(box.West), Addresses.Text(box.South), Addresses.Text(box.East), Addresses.Text(box.North));
        string path = Addresses.Query("v1/cells", ("bbox", corners), ("resolution", Addresses.Text(resolution)));
        return (await _transport.SendAsync(Call.Get(path), HttpTransport.Json.CellMap, cancellation).ConfigureAwait(false)).Value;
    }

    /// <summary>The key figures of the requests submitted since then.</summary>
    public async Task<KpiReport> GetKpisAsync(DateTimeOffset? since = null, CancellationToken cancellation = default)
    {
        string path = Addresses.Query("v1/kpis", ("since", Addresses.Text(since)));
        return (await _transport.SendAsync(Call.Get(path), HttpTransport.Json.KpiReport, cancellation).ConfigureAwait(false)).Value;
    }
}
