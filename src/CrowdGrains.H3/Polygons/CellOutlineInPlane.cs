namespace CrowdGrains.H3;

/// <summary>
/// The boundary of a cell on the plane of latitude and longitude, in degrees. It is unrolled from vertex to vertex, so longitudes may leave
/// the frame of a loop, and that of a cell around a pole goes on for a whole turn.
/// </summary>
internal readonly ref struct CellOutlineInPlane
{
    /// <summary>Room for the boundary with its first vertex once more at the end.</summary>
    public const int MaxVertices = CellIndex.MaxBoundaryVertices + 1;

    private readonly ReadOnlySpan<(double Lat, double Lng)> _vertices;
    private readonly double _towardsEquator;
    private readonly double _south;
    private readonly double _west;
    private readonly double _north;
    private readonly double _east;

    public CellOutlineInPlane(CellIndex cell, Span<(double Lat, double Lng)> room)
    {
        Span<LatLng> boundary = stackalloc LatLng[CellIndex.MaxBoundaryVertices];
        var count = cell.GetBoundary(boundary);
        First = boundary[0];
        var lng = boundary[0].Lng;
        (_south, _west, _north, _east) = (First.Lat, lng, First.Lat, lng);
        for (var i = 0; i <= count; i++)
        {
            var (from, to) = (boundary[(i + count - 1) % count], boundary[i % count]);
            if (i > 0)
                lng += Math.IEEERemainder(to.Lng - from.Lng, 360);
            room[i] = (to.Lat, lng);
            (_south, _north) = (Math.Min(_south, to.Lat), Math.Max(_north, to.Lat));
            (_west, _east) = (Math.Min(_west, lng), Math.Max(_east, lng));
        }

        _vertices = room[..(count + 1)];
        _towardsEquator = cell.Center.Lat > 0 ? -1 : 1;
    }

    /// <summary>The first vertex of the boundary.</summary>
    public LatLng First { get; }

    /// <summary>Whether an edge of a polygon has a point in common with the outline. An edge along the outline has none.</summary>
    public bool IsCrossedBy(in LoopEdge edge)
    {
        if (edge.SouthLat > _north || edge.NorthLat < _south)
            return false;
        for (var turn = -360; turn <= 360; turn += 360)
        {
            var (west, east) = (edge.WestLng + turn, edge.EastLng + turn);
            if (west > _east || east < _west)
                continue;
            for (var i = 1; i < _vertices.Length; i++)
            {
                if (Meet(_vertices[i - 1], _vertices[i], (edge.SouthLat, edge.SouthLng + turn), (edge.NorthLat, edge.NorthLng + turn)))
                    return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a place is within the outline: a line from it to the equator crosses the outline an odd number of times, around a pole as
    /// elsewhere.
    /// </summary>
    public bool Surrounds(double lat, double lng)
    {
        var inside = false;
        for (var turn = -360; turn <= 360; turn += 360)
        {
            for (var i = 1; i < _vertices.Length; i++)
                inside ^= IsBetweenEquatorAnd(lat, lng + turn, _vertices[i - 1], _vertices[i]);
        }

        return inside;
    }

    private bool IsBetweenEquatorAnd(double lat, double lng, (double Lat, double Lng) from, (double Lat, double Lng) to)
    {
        if (lng < from.Lng == lng < to.Lng)
            return false;
        var latThere = from.Lat + ((to.Lat - from.Lat) * (lng - from.Lng) / (to.Lng - from.Lng));
        return (latThere - lat) * _towardsEquator > 0;
    }

    private static bool Meet((double Lat, double Lng) a, (double Lat, double Lng) b, (double Lat, double Lng) c, (double Lat, double Lng) d)
    {
        var (abLat, abLng, cdLat, cdLng) = (b.Lat - a.Lat, b.Lng - a.Lng, d.Lat - c.Lat, d.Lng - c.Lng);
        var cross = (cdLng * abLat) - (cdLat * abLng);
        if (cross == 0)
            return false;
        var (acLat, acLng) = (a.Lat - c.Lat, a.Lng - c.Lng);
        var alongAb = ((cdLat * acLng) - (cdLng * acLat)) / cross;
        var alongCd = ((abLat * acLng) - (abLng * acLat)) / cross;
        return alongAb is >= 0 and <= 1 && alongCd is >= 0 and <= 1;
    }
}
