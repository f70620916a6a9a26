namespace CrowdGrains.H3;

/// <summary>
/// A box of latitude and longitude, in degrees, around the centres of a cell and of its descendants, or around all of these cells. The
/// latitudes may reach beyond the poles and the longitudes beyond ±180.
/// </summary>
internal readonly record struct SubtreeBox(LatLng Center, double ReachLat, double ReachLng)
{
    // Far above the rounding of a centre and far below a cell of resolution 15, whose edge is 5e-6 degrees.
    private const double Slack = 1e-10;

    // On the lattice, in steps between neighbours of the cell's resolution: descendants are at most Σ 7^(−n/2) away.
    private const double DescendantSteps = 0.6076252185107652;

    // From a centre to a corner, in steps between neighbours: 1/√3.
    private const double CornerSteps = 0.5773502691896258;

    /// <summary>
    /// The box follows from a cap around the cell. Its radius is taken on the flat faces of the icosahedron, which is more than on the
    /// sphere: the gnomonic projection only stretches.
    /// </summary>
    /// <param name="outlinesOf">The resolution of the descendants to hold as a whole; beyond the finest, their centres only.</param>
    public static SubtreeBox Of(CellIndex cell, int outlinesOf)
    {
        var center = cell.Center;
        var radius = Icosahedron.Res0Unit * DescendantSteps / Math.Pow(7, cell.Resolution / 2.0);
        if (outlinesOf <= CellIndex.MaxResolution)
            radius += Icosahedron.Res0Unit * CornerSteps / Math.Pow(7, outlinesOf / 2.0);
        var reachLat = (radius * LatLng.RadiansToDegrees) + Slack;
        if (Math.Abs(center.Lat) + reachLat >= 90)
            return new(center, reachLat, 180);
        // Half the width of a cap: the meridians that touch it.
        var reachLng = Math.Asin(Math.Sin(radius) / Math.Cos(center.LatRadians)) * LatLng.RadiansToDegrees;
        return new(center, reachLat, Math.Min(180, reachLng + Slack));
    }
}
