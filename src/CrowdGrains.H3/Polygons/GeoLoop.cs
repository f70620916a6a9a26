namespace CrowdGrains.H3;

/// <summary>
/// A closed line over at least three vertices. The first vertex is not repeated at the end: the last edge leads back to it. Immutable.
/// </summary>
public sealed class GeoLoop
{
    private readonly LatLng[] _vertices;

    // Unchecked: the polygon has counted the vertices and owns the array.
    internal GeoLoop(LatLng[] vertices) => _vertices = vertices;

    public ReadOnlySpan<LatLng> Vertices => _vertices;

    /// <summary>Whether an edge spans more than 180° of longitude, which H3 reads as the short way over the antimeridian.</summary>
    public bool CrossesAntimeridian
    {
        get
        {
            var previous = _vertices[^1];
            foreach (var vertex in _vertices)
            {
                if (Math.Abs(vertex.Lng - previous.Lng) > 180)
                    return true;
                previous = vertex;
            }

            return false;
        }
    }
}
