using System.Buffers;
using System.Numerics;

namespace CrowdGrains.H3;

/// <summary>
/// Disks and rings by single steps from cell to cell, right everywhere: used where a pentagon is near or the disk is large against the
/// base cells.
/// </summary>
internal static class DiskFlood
{
    private const int StackSlots = 512;

    /// <summary>
    /// Writes the cells within <paramref name="k"/> steps, nearest first. Returns how many, and where the ring at distance k starts.
    /// The span must hold <see cref="CellIndex.GridDiskSize"/> cells, or all of the resolution if that is less, and not be much longer.
    /// </summary>
    public static int Fill(ulong origin, int k, Span<CellIndex> disk, out int lastRing)
    {
        // Open addressing over positions in the disk plus one, at most half full.
        var slotCount = (int)BitOperations.RoundUpToPowerOf2((uint)disk.Length * 2);
        var rented = slotCount > StackSlots ? ArrayPool<int>.Shared.Rent(slotCount) : null;
        var slots = rented is null ? stackalloc int[slotCount] : rented.AsSpan(0, slotCount);
        slots.Clear();
        var count = 0;
        TryAdd(origin, disk, slots, ref count);
        lastRing = 0;
        var ring = 0;
        for (var distance = 1; distance <= k; distance++)
        {
            var ringEnd = count;
            for (; ring < ringEnd; ring++)
            {
                for (var direction = Digit.K; direction <= Digit.IJ; direction++)
                {
                    var neighbor = NeighborStep.From(disk[ring].Value, direction);
                    if (neighbor != 0)
                        TryAdd(neighbor, disk, slots, ref count);
                }
            }

            lastRing = ringEnd;
            if (count == ringEnd)
                break;
        }

        if (rented is not null)
            ArrayPool<int>.Shared.Return(rented);
        return count;
    }

    private static void TryAdd(ulong index, Span<CellIndex> disk, Span<int> slots, ref int count)
    {
        // Fibonacci hashing: the low digits of coarse cells are all ones.
        var slot = (int)((index * 0x9E3779B97F4A7C15) >> 32) & (slots.Length - 1);
        for (; slots[slot] != 0; slot = (slot + 1) & (slots.Length - 1))
        {
            if (disk[slots[slot] - 1].Value == index)
                return;
        }

        disk[count++] = CellIndex.FromUnchecked(index);
        slots[slot] = count;
    }
}
