namespace CrowdGrains.Web;

/// <summary>How the console is served.</summary>
public sealed record ConsoleOptions
{
    /// <summary>
    /// A MapLibre style, or raster tiles with <c>{z}</c>, <c>{x}</c> and <c>{y}</c> in their address, to be drawn below everything. Pages
    /// may load from its origin and from no other. Default: null, the plain shapes of land and water that come with the console.
    /// </summary>
    public string? MapStyle { get; init; }

    /// <summary>Whether a style may be there: at an http or https address, or at a path of the server itself.</summary>
    public static bool IsMapStyle(string address) => IsPath(address) || OriginOf(address) is not null;

    /// <summary>Where the map's style or tiles come from; null when that is the server itself.</summary>
    /// <exception cref="ArgumentException">No style can be there.</exception>
    internal string? FindMapOrigin() => MapStyle is null || IsPath(MapStyle)
        ? null
        : OriginOf(MapStyle) ?? throw new ArgumentException($"No style of a map can be at {MapStyle}.", nameof(MapStyle));

    private static bool IsPath(string address) => address is ['/'] or ['/', not '/', ..];

    private static string? OriginOf(string address) => Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
        ? uri.GetLeftPart(UriPartial.Authority)
        : null;
}
