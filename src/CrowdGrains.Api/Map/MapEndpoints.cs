using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Problems;
using CrowdGrains.Client.Contract;
using CrowdGrains.Hosting.ReadModels;

namespace CrowdGrains.Api.Map;

/// <summary>Supply and demand on a map.</summary>
internal static class MapEndpoints
{
    private const int DefaultResolution = 8;

    public static void Map(Routes routes, ApiServices api)
    {
        CellMaps maps = new(api.Engine, api.Reads, api.Options);
        routes.Get("/v1/cells", "What is in the cells of a map that hold anything.", call => GetAsync(call, maps)).WithTag("map").For(Scopes.Staff)
            .Query("bbox", "west,south,east,north in degrees; west greater than east spans the 180th meridian.")
            .Query("resolution", "Of the cells, 0 to 8. Default: 8.").Answers<CellMap>();
    }

    private static async ValueTask<Reply> GetAsync(Call call, CellMaps maps)
    {
        Parameters parameters = new(call);
        int resolution = parameters.Number("resolution", 0, RequestView.CellResolution) ?? DefaultResolution;
        if (!MapBox.TryParse(call.Query("bbox") ?? "", out MapBox box, out string? rule))
        {
            parameters.Refuse("bbox", call.Query("bbox") is null ? "is required" : rule);
        }

        if (parameters.HasFault(out Fault? fault))
        {
            return fault;
        }

        return await maps.GetAsync(box, resolution, call.Cancellation).ConfigureAwait(false) is { } map
            ? Reply.Ok(map, ContractJson.Default.CellMap)
            : Fault.Parameter("bbox", $"must be smaller: a map has at most {CellMaps.MaxCells} cells");
    }
}
