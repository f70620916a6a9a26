namespace CrowdGrains.H3;

/// <summary>What is wrong with the loops given for a polygon.</summary>
public enum PolygonError
{
    /// <summary>A loop has fewer than three vertices, a repeated closing vertex not counted.</summary>
    TooFewVertices = 1,

    /// <summary>The loops have more than <see cref="GeoPolygon.MaxVertices"/> vertices together.</summary>
    TooManyVertices = 2,

    /// <summary>There are more than <see cref="GeoPolygon.MaxHoles"/> holes.</summary>
    TooManyHoles = 3,

    /// <summary>A latitude or longitude is not a number or out of range.</summary>
    VertexOutOfRange = 4,
}
