namespace CrowdGrains.H3;

/// <summary>
/// Which place on the icosahedron each of the 122 base cells calls home; all else about base cells is derived from it. Source: the H3
/// library 4.5 by Uber Technologies (Apache 2.0, h3geo.org), the base cell data.
/// </summary>
internal static class BaseCellTables
{
    /// <summary>Stands for the face's first corner, twice the i axis: the home of a pentagon.</summary>
    public const int Corner = 7;

    /// <summary>Two numbers per base cell: its home face, and the direction digit from the face centre, or <see cref="Corner"/>.</summary>
    public static ReadOnlySpan<byte> Homes =>
    [
        1, 4, 2, 6, 1, 0, 2, 4, 0, 7, 1, 6, 1, 1, 2, 0, 0, 4, 2, 2, // 0
        1, 2, 1, 3, 3, 4, 3, 6, 11, 7, 4, 4, 0, 0, 6, 2, 0, 1, 2, 3, // 10
        7, 1, 2, 1, 0, 6, 6, 1, 10, 7, 6, 0, 3, 0, 11, 4, 4, 6, 3, 2, // 20
        0, 3, 4, 0, 5, 2, 0, 2, 7, 2, 11, 6, 7, 0, 10, 4, 12, 7, 6, 5, // 30
        7, 5, 4, 1, 3, 1, 3, 3, 4, 2, 6, 4, 11, 0, 8, 1, 5, 1, 14, 7, // 40
        5, 0, 12, 4, 10, 6, 4, 3, 12, 6, 7, 4, 11, 2, 10, 0, 13, 7, 10, 1, // 50
        11, 1, 9, 2, 8, 2, 6, 7, 8, 0, 9, 1, 14, 4, 5, 5, 16, 3, 8, 5, // 60
        5, 4, 12, 0, 7, 7, 12, 2, 10, 2, 9, 0, 13, 4, 16, 1, 15, 3, 15, 2, // 70
        16, 2, 14, 6, 13, 6, 5, 7, 8, 4, 14, 0, 9, 5, 14, 1, 17, 1, 12, 1, // 80
        16, 0, 17, 3, 15, 1, 16, 5, 9, 4, 15, 0, 13, 0, 8, 7, 13, 2, 17, 5, // 90
        19, 2, 14, 2, 19, 3, 17, 2, 13, 1, 17, 0, 16, 4, 9, 7, 15, 5, 15, 4, // 100
        18, 3, 18, 1, 19, 1, 17, 4, 19, 0, 18, 2, 18, 5, 19, 7, 19, 4, 18, 0, // 110
        19, 5, 18, 4, // 120
    ];
}
