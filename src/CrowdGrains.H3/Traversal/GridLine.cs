namespace CrowdGrains.H3;

/// <summary>The straight line between two cells on the flat lattice of the first, cell by cell.</summary>
internal static class GridLine
{
    /// <summary>
    /// Fills the span, which has one cell more than the grid distance. False when a cell of the line does not exist on the first cell's
    /// lattice. Interpolates and rounds in the order H3 does, so that the same cells come out where the line runs along an edge.
    /// </summary>
    public static bool TryWalk(ulong from, ulong to, Span<CellIndex> path)
    {
        var lattice = new LocalLattice(from);
        if (!lattice.TryFind(from, out var start) || !lattice.TryFind(to, out var end))
            return false;
        var distance = path.Length - 1;
        var perStep = distance == 0 ? 0 : 1.0 / distance;
        // Cube coordinates: i, j, k add up to zero.
        var (startI, startJ, startK) = (-start.A, start.B, start.A - start.B);
        var stepI = (-end.A - startI) * perStep;
        var stepJ = (end.B - startJ) * perStep;
        var stepK = (end.A - end.B - startK) * perStep;
        for (var n = 0; n <= distance; n++)
        {
            var place = Round(startI + (stepI * n), startJ + (stepJ * n), startK + (stepK * n));
            if (!lattice.TryResolve(place, out var cell))
                return false;
            path[n] = CellIndex.FromUnchecked(cell);
        }

        return true;
    }

    /// <summary>The nearest lattice point: round all three and recompute the one that moved most.</summary>
    private static HexCoord Round(double i, double j, double k)
    {
        var (roundI, roundJ, roundK) = (Away(i), Away(j), Away(k));
        var (offI, offJ, offK) = (Math.Abs(roundI - i), Math.Abs(roundJ - j), Math.Abs(roundK - k));
        if (offI > offJ && offI > offK)
            roundI = -roundJ - roundK;
        else if (offJ > offK)
            roundJ = -roundI - roundK;
        return new((int)-roundI, (int)roundJ);
    }

    private static double Away(double value) => Math.Round(value, MidpointRounding.AwayFromZero);
}
