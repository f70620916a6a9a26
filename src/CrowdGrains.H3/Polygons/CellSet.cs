using System.Numerics;

namespace CrowdGrains.H3;

/// <summary>Different cells of one resolution, ascending, and where each of them stands.</summary>
internal sealed class CellSet
{
    private readonly CellIndex[] _cells;

    // Open addressing over positions plus one, at most half full.
    private readonly int[] _slots;

    private CellSet(CellIndex[] cells)
    {
        _cells = cells;
        _slots = new int[BitOperations.RoundUpToPowerOf2((uint)cells.Length * 2)];
        for (var position = 0; position < cells.Length; position++)
        {
            var slot = SlotOf(cells[position]);
            while (_slots[slot] != 0)
                slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = position + 1;
        }
    }

    public int Count => _cells.Length;

    public CellIndex this[int position] => _cells[position];

    /// <exception cref="H3Exception">
    /// <see cref="H3Error.CellInvalid"/>: a value is no cell. <see cref="H3Error.ResolutionMismatch"/>: the cells are of several
    /// resolutions. <see cref="H3Error.DuplicateInput"/>: a cell is given twice.
    /// </exception>
    public static CellSet Of(ReadOnlySpan<CellIndex> cells)
    {
        foreach (var cell in cells)
        {
            cell.ThrowIfNone();
            if (cell.Resolution != cells[0].Resolution)
                throw new H3Exception(H3Error.ResolutionMismatch, $"{cells[0]} and {cell} are of different resolutions.");
        }

        var sorted = cells.ToArray();
        sorted.AsSpan().Sort();
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] == sorted[i - 1])
                throw new H3Exception(H3Error.DuplicateInput, $"{sorted[i]} is given twice.");
        }

        return new(sorted);
    }

    /// <summary>Where a cell stands, or −1 when it is not among them.</summary>
    public int PositionOf(CellIndex cell)
    {
        for (var slot = SlotOf(cell); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (_cells[_slots[slot] - 1] == cell)
                return _slots[slot] - 1;
        }

        return -1;
    }

    // Fibonacci hashing: the low digits of coarse cells are all ones.
    private int SlotOf(CellIndex cell) => (int)((cell.Value * 0x9E3779B97F4A7C15) >> 32) & (_slots.Length - 1);
}
