using System.Globalization;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Simulation.City;

/// <summary>Names the commands of a city's people, one after another.</summary>
internal sealed class OperationCounter
{
    private long _count;

    public OperationId Next() => OperationId.From(string.Create(CultureInfo.InvariantCulture, $"op{++_count}"));
}
