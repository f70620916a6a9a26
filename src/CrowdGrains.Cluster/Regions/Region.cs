using CrowdGrains.H3;

namespace CrowdGrains.Cluster.Regions;

/// <summary>The region of a cell, its parent at the resolution of regions, and how a call says for which region it is.</summary>
internal static class Region
{
    private const string HintKey = "cg.region";

    public static CellIndex Of(CellIndex cell, int resolution) => cell.Resolution > resolution ? cell.Parent(resolution) : cell;

    public static CellIndex Of(LatLng position, int resolution) => CellIndex.FromLatLng(position, resolution);

    /// <summary>Calls of this flow, and those that follow from them, are for the region: a grain that they bring to life comes to life there.</summary>
    public static void SetHint(CellIndex region) => RequestContext.Set(HintKey, region.Value);

    /// <summary>The region a call names; none when it names none.</summary>
    public static CellIndex HintOf(IReadOnlyDictionary<string, object>? context) =>
        context is not null && context.TryGetValue(HintKey, out object? value) && value is ulong index && CellIndex.TryFromValue(index, out CellIndex region) ? region : default;
}
