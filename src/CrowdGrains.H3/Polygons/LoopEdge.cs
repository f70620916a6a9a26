namespace CrowdGrains.H3;

/// <summary>
/// An edge of a polygon in degrees, from its southern to its northern end, in the frame of its loop: longitudes from −180 to 180, or
/// from 0 to 360 when the loop crosses the antimeridian.
/// </summary>
internal readonly record struct LoopEdge(int Loop, double SouthLat, double SouthLng, double NorthLat, double NorthLng)
{
    public double WestLng => Math.Min(SouthLng, NorthLng);

    public double EastLng => Math.Max(SouthLng, NorthLng);

    /// <summary>
    /// Whether a line from a place to the east crosses the edge. The northern end is not part of the edge and a place on it counts as
    /// west of it: of polygons that share an edge, one holds each place, and an edge along a parallel is never crossed. H3 aims at the
    /// same by moving the place by 2^−52.
    /// </summary>
    public bool IsEastOf(double lat, double lng)
    {
        if (lat < SouthLat || lat >= NorthLat)
            return false;
        var along = (lat - SouthLat) / (NorthLat - SouthLat);
        return SouthLng + ((NorthLng - SouthLng) * along) >= lng;
    }

    /// <summary>Whether the edge passes through a box. Errs only towards true, by the reach of the box.</summary>
    public bool Touches(double centerLat, double centerLng, double reachLat, double reachLng)
    {
        if (SouthLat > centerLat + reachLat || NorthLat < centerLat - reachLat
            || WestLng > centerLng + reachLng || EastLng < centerLng - reachLng)
        {
            return false;
        }

        // The corners of the box lie on one side of the edge's line when its centre is further from it than they are from the centre.
        var (dLat, dLng) = (NorthLat - SouthLat, NorthLng - SouthLng);
        var off = (dLng * (centerLat - SouthLat)) - (dLat * (centerLng - SouthLng));
        return Math.Abs(off) <= (Math.Abs(dLng) * reachLat) + (dLat * reachLng);
    }
}
