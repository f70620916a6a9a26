namespace CrowdGrains.H3;

/// <summary>
/// The bounding box of a loop as H3 has it, in degrees. Over the antimeridian it reaches from the least positive to the greatest negative
/// longitude and <see cref="West"/> is greater than <see cref="East"/>.
/// </summary>
/// <remarks>
/// Places outside of the box are outside of the loop. That goes without saying, except for a loop over the antimeridian with a vertex at
/// longitude 0, which is neither positive nor negative: H3's box cuts that corner off the loop, and so does this.
/// </remarks>
internal readonly record struct LoopBounds(double South, double West, double North, double East, bool CutsLoop)
{
    public bool IsOverAntimeridian => West > East;

    /// <summary>Its width in degrees.</summary>
    public double Width => IsOverAntimeridian ? East - West + 360 : East - West;

    /// <summary>A longitude in the frame of the loop.</summary>
    public double ToFrame(double lng) => IsOverAntimeridian && lng < 0 ? lng + 360 : lng;

    /// <summary>The east end in the frame of the loop.</summary>
    public double FrameEast => IsOverAntimeridian ? East + 360 : East;

    /// <summary>Whether it holds a place whose longitude is in the frame of the loop.</summary>
    public bool Contains(double lat, double lng) => lat >= South && lat <= North && lng >= West && lng <= FrameEast;

    public static LoopBounds Of(GeoLoop loop)
    {
        double south = 90, west = 180, north = -90, east = -180;
        double leastPositive = 360, greatestNegative = -360;
        foreach (var vertex in loop.Vertices)
        {
            (south, north) = (Math.Min(south, vertex.Lat), Math.Max(north, vertex.Lat));
            (west, east) = (Math.Min(west, vertex.Lng), Math.Max(east, vertex.Lng));
            if (vertex.Lng > 0)
                leastPositive = Math.Min(leastPositive, vertex.Lng);
            else if (vertex.Lng < 0)
                greatestNegative = Math.Max(greatestNegative, vertex.Lng);
        }

        if (!loop.CrossesAntimeridian)
            return new(south, west, north, east, false);
        return new(south, leastPositive, north, greatestNegative, HasZeroLongitude(loop));
    }

    private static bool HasZeroLongitude(GeoLoop loop)
    {
        foreach (var vertex in loop.Vertices)
        {
            if (vertex.Lng == 0)
                return true;
        }

        return false;
    }
}
