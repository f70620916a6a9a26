namespace CrowdGrains.H3;

public readonly partial record struct CellIndex
{
    /// <summary>
    /// The number of steps to a cell of the same resolution. As in H3 it is known only between cells whose base cells are the same or
    /// touch, and not across a pentagon's far side.
    /// </summary>
    /// <exception cref="H3Exception">
    /// <see cref="H3Error.ResolutionMismatch"/>, or <see cref="H3Error.Failed"/> where the distance is not known.
    /// </exception>
    public int GridDistance(CellIndex other)
    {
        ThrowIfOtherResolution(other);
        return TryGridDistance(other, out var distance)
            ? distance
            : throw new H3Exception(H3Error.Failed, $"The grid distance from {this} to {other} is not known.");
    }

    /// <summary>False where <see cref="GridDistance"/> throws.</summary>
    public bool TryGridDistance(CellIndex other, out int distance)
    {
        distance = 0;
        if (IsNone || other.IsNone || Resolution != other.Resolution)
            return false;
        var lattice = new LocalLattice(Value);
        if (!lattice.TryFind(Value, out var from) || !lattice.TryFind(other.Value, out var to))
            return false;
        distance = (to - from).Length;
        return true;
    }

    /// <summary>How many cells a path has, both ends included: the grid distance plus one. Throws where that does.</summary>
    public int GridPathSize(CellIndex other) => GridDistance(other) + 1;

    /// <summary>
    /// Writes a shortest path, both ends included, each cell next to the one before; as near to the straight line as in H3. Returns how
    /// many cells: <see cref="GridPathSize"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The span holds fewer cells than the path.</exception>
    /// <exception cref="H3Exception">
    /// As <see cref="GridDistance"/>, and <see cref="H3Error.Pentagon"/> when a pentagon's distortion cuts the path.
    /// </exception>
    public int GridPath(CellIndex other, Span<CellIndex> path)
    {
        ThrowIfOtherResolution(other);
        if (TryGridPath(other, path, out var count))
            return count;
        return TryGridDistance(other, out _)
            ? throw new H3Exception(H3Error.Pentagon, $"A pentagon cuts the path from {this} to {other}.")
            : throw new H3Exception(H3Error.Failed, $"The grid distance from {this} to {other} is not known.");
    }

    /// <summary>False where <see cref="GridPath"/> throws an <see cref="H3Exception"/>; the span's content is then not defined.</summary>
    /// <exception cref="ArgumentException">The span holds fewer cells than the path.</exception>
    public bool TryGridPath(CellIndex other, Span<CellIndex> path, out int count)
    {
        count = 0;
        if (!TryGridDistance(other, out var distance))
            return false;
        if (path.Length <= distance)
            throw new ArgumentException($"The path needs room for {distance + 1} cells.", nameof(path));
        path = path[..(distance + 1)];
        if (!GridLine.TryWalk(Value, other.Value, path))
        {
            // The lattice around the other end can be whole where this one is cut.
            if (!GridLine.TryWalk(other.Value, Value, path))
                return false;
            path.Reverse();
        }

        count = path.Length;
        return true;
    }

    private void ThrowIfOtherResolution(CellIndex other)
    {
        ThrowIfNone();
        other.ThrowIfNone();
        if (Resolution != other.Resolution)
            throw new H3Exception(H3Error.ResolutionMismatch, $"{this} and {other} are of different resolutions.");
    }
}
