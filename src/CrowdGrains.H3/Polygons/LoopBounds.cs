namespace CrowdGrains.H3;

/// <summary>
/// The bounding box of a loop, in degrees and in the frame of the loop: longitudes from −180 to 180, or from 0 to 360 when the loop
/// crosses the antimeridian.
/// </summary>
/// <remarks>
/// H3 leaves vertices at longitude 0 out of the box of a loop that crosses the antimeridian, and then disagrees with itself about the
/// cells there. Here they are within.
/// </remarks>
internal readonly record struct LoopBounds(double South, double West, double North, double East, bool CrossesAntimeridian)
{
    public double FrameWest => CrossesAntimeridian ? 0 : -180;

    /// <summary>A longitude in the frame of the loop.</summary>
    public double ToFrame(double lng) => CrossesAntimeridian && lng < 0 ? lng + 360 : lng;

    /// <summary>Whether it holds a place whose longitude is in the frame of the loop.</summary>
    public bool Contains(double lat, double lng) => lat >= South && lat <= North && lng >= West && lng <= East;

    public static LoopBounds Of(GeoLoop loop)
    {
        var bounds = new LoopBounds(90, 360, -90, -180, loop.CrossesAntimeridian);
        foreach (var vertex in loop.Vertices)
        {
            var lng = bounds.ToFrame(vertex.Lng);
            bounds = bounds with
            {
                South = Math.Min(bounds.South, vertex.Lat),
                West = Math.Min(bounds.West, lng),
                North = Math.Max(bounds.North, vertex.Lat),
                East = Math.Max(bounds.East, lng),
            };
        }

        return bounds;
    }
}
