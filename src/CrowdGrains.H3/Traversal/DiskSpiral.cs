namespace CrowdGrains.H3;

/// <summary>
/// Disks and rings by coordinates: the cell is decoded once, each of the others is encoded from its offset. Gives up where the lattice
/// is not flat; see <see cref="NeighborStep.TryOffset"/>.
/// </summary>
internal static class DiskSpiral
{
    // A ring starts at its corner along the i axis and goes counter-clockwise.
    private static ReadOnlySpan<byte> SideDirections => [Digit.J, Digit.JK, Digit.K, Digit.IK, Digit.I, Digit.IJ];

    public static bool TryFill(ulong origin, int k, Span<CellIndex> disk, out int count)
    {
        disk[0] = CellIndex.FromUnchecked(origin);
        count = 1;
        var walk = new Walk(origin);
        if (k > 0 && !walk.IsReachable(k))
            return false;
        for (var ring = 1; ring <= k; ring++)
        {
            if (!walk.TryRing(ring, disk.Slice(count, 6 * ring)))
                return false;
            count += 6 * ring;
        }

        return true;
    }

    public static bool TryFillRing(ulong origin, int k, Span<CellIndex> ring, out int count)
    {
        count = 1;
        if (k == 0)
        {
            ring[0] = CellIndex.FromUnchecked(origin);
            return true;
        }

        var walk = new Walk(origin);
        count = 6 * k;
        return walk.IsReachable(k) && walk.TryRing(k, ring[..count]);
    }

    private readonly struct Walk
    {
        private readonly int _resolution;
        private readonly int _baseCell;
        private readonly bool _onPentagon;
        private readonly HexCoord _place;
        private readonly HexCoord _step;

        public Walk(ulong origin)
        {
            _resolution = IndexBits.Resolution(origin);
            _baseCell = IndexBits.BaseCell(origin);
            _onPentagon = BaseCells.IsPentagon(_baseCell);
            _place = DigitChunks.Decode(origin);
            _step = DigitChunks.Step(_resolution);
        }

        /// <summary>
        /// Whether all cells within k steps are within one base cell step, as encoding wants it, and the origin is no pentagon.
        /// </summary>
        public bool IsReachable(int k) =>
            (long)_step.Length * k <= DigitChunks.Scale(DigitChunks.Count(_resolution)) && !(_onPentagon && _place == default);

        public bool TryRing(int radius, Span<CellIndex> ring)
        {
            var place = _place + (_step * radius);
            var position = 0;
            foreach (var direction in SideDirections)
            {
                var step = Digit.Unit(direction) * _step;
                for (var i = 0; i < radius; i++)
                {
                    if (!NeighborStep.TryOffset(place, _resolution, _baseCell, _onPentagon, out var index))
                        return false;
                    ring[position++] = CellIndex.FromUnchecked(index);
                    place += step;
                }
            }

            return true;
        }
    }
}
