using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Simulation.City;

/// <summary>A city's orders, hour by hour and day after day, each day like the one that was counted.</summary>
/// <param name="scale">How many orders, as a multiple of the counted day.</param>
/// <param name="start">Orders before are left out.</param>
public sealed class EndlessDemand(CityProfile city, Demand demand, ulong seed, double scale, Instant start)
{
    private const int MaxHomes = 20_000;
    private const long HourMilliseconds = 3_600_000;

    private int _count;

    /// <summary>All orders before have been drawn.</summary>
    public Instant Until { get; private set; } = new(start.UnixMilliseconds / HourMilliseconds * HourMilliseconds);

    /// <summary>The orders of the next hour, by time.</summary>
    public IReadOnlyList<Order> DrawNextHour()
    {
        IReadOnlyList<Order> drawn = city.DrawHour(demand, seed, scale, Until, _count);
        _count += drawn.Count;
        Until += TimeSpan.FromHours(1);
        return drawn.Count > 0 && drawn[0].At < start ? [.. drawn.Where(order => order.At >= start)] : drawn;
    }

    /// <summary>Places spread as the demand is, whatever its scale; at least one.</summary>
    public IReadOnlyList<LatLng> DrawHomes()
    {
        LatLng[] homes = [.. city.Draw(demand, seed, Math.Min(1, (double)MaxHomes / city.Total)).Select(order => order.Position)];
        return homes.Length > 0 ? homes : [.. city.Cells.Select(cell => CellIndex.Parse(cell.Cell).Center)];
    }
}
