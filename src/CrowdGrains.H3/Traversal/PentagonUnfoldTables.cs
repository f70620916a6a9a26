namespace CrowdGrains.H3;

/// <summary>
/// How H3 lays the lattice around a pentagon flat, in turns of 60° by two digits. Which pairs of cells have a grid distance at all, and
/// which path is taken, follows from these, so they are taken over as they are. Source: the H3 library 4.5 by Uber Technologies
/// (Apache 2.0, h3geo.org), local ij coordinates.
/// </summary>
internal static class PentagonUnfoldTables
{
    // Stands where a digit is 1, which no cell of a pentagon leads with.
    private const sbyte X = -1;

    private static ReadOnlySpan<sbyte> ToFlatTurns =>
    [
        0, X, 0, 0, 0, 0, 0,
        X, X, X, X, X, X, X,
        0, X, 0, 0, 0, 1, 0,
        0, X, 0, 0, 1, 1, 0,
        0, X, 0, 5, 0, 0, 0,
        0, X, 5, 5, 0, 0, 0,
        0, X, 0, 0, 0, 0, 0,
    ];

    private static ReadOnlySpan<sbyte> FromFlatTurns =>
    [
        0, 0, 0, 0, 0, 0, 0,
        X, X, X, X, X, X, X,
        0, 1, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 0, 1, 0,
        0, 5, 0, 0, 0, 0, 0,
        0, 5, 0, 5, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0,
    ];

    private static ReadOnlySpan<sbyte> OntoPentagonTurns =>
    [
        0, 0, 0, 0, 0, 0, 0,
        X, X, X, X, X, X, X,
        0, 1, 0, 0, 0, 0, 0,
        0, 1, 0, 0, 0, 1, 0,
        0, 5, 0, 0, 0, 0, 0,
        0, 1, 0, 5, 1, 1, 0,
        0, 0, 0, 0, 0, 0, 0,
    ];

    private static ReadOnlySpan<sbyte> OntoPolarPentagonTurns =>
    [
        0, 0, 0, 0, 0, 0, 0,
        X, X, X, X, X, X, X,
        0, 1, 1, 1, 1, 1, 1,
        0, 1, 0, 0, 0, 1, 0,
        0, 1, 0, 0, 1, 1, 1,
        0, 1, 0, 5, 1, 1, 0,
        0, 1, 1, 0, 1, 1, 1,
    ];

    /// <summary>Clockwise turns that bring a place with the second digit into the flat lattice of the first.</summary>
    public static int ToFlat(int first, int second) => ToFlatTurns[(first * 7) + second];

    /// <summary>Counter-clockwise turns that undo <see cref="ToFlat"/>.</summary>
    public static int FromFlat(int first, int second) => FromFlatTurns[(first * 7) + second];

    /// <summary>
    /// Counter-clockwise turns for a cell that is reached from outside the pentagonal base cell, by the direction it is reached from
    /// and its leading digit.
    /// </summary>
    public static int OntoPentagon(int from, int leading, bool polar) =>
        (polar ? OntoPolarPentagonTurns : OntoPentagonTurns)[(from * 7) + leading];

    /// <summary>Whether H3 gives no flat lattice that holds both digits: they are on opposite sides of the pentagon.</summary>
    public static bool IsUndefined(int first, int second) => (first, second) switch
    {
        (Digit.J, Digit.I) or (Digit.J, Digit.IK) => true,
        (Digit.JK, Digit.I) or (Digit.JK, Digit.IJ) => true,
        (Digit.I, Digit.J) or (Digit.I, Digit.JK) => true,
        (Digit.IK, Digit.J) or (Digit.IK, Digit.IJ) => true,
        (Digit.IJ, Digit.JK) or (Digit.IJ, Digit.IK) => true,
        _ => false,
    };
}
