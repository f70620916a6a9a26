using System.Buffers;

namespace CrowdGrains.H3;

public readonly partial record struct CellIndex
{
    /// <summary>The largest radius of a disk: with it a disk stays under 2^29 cells, which bounds the memory of a search for them.</summary>
    public const int MaxDiskRadius = 13_376;

    /// <summary>How many cells a disk has at most: 3k(k + 1) + 1. A disk with a pentagon in it has fewer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">k is not 0 to <see cref="MaxDiskRadius"/>.</exception>
    public static int GridDiskSize(int k)
    {
        ThrowIfNotRadius(k);
        return (3 * k * (k + 1)) + 1;
    }

    /// <summary>How many cells a ring has at most: 6k, and 1 for k = 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">k is not 0 to <see cref="MaxDiskRadius"/>.</exception>
    public static int GridRingSize(int k)
    {
        ThrowIfNotRadius(k);
        return k == 0 ? 1 : 6 * k;
    }

    /// <summary>
    /// Writes the cells within <paramref name="k"/> steps, this one first and ring after ring outwards. Returns how many:
    /// <see cref="GridDiskSize"/>, or fewer around a pentagon or when the disk goes around the earth.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">k is not 0 to <see cref="MaxDiskRadius"/>.</exception>
    /// <exception cref="ArgumentException">The span is smaller than <see cref="GridDiskSize"/> and than the resolution's cells.</exception>
    public int GridDisk(int k, Span<CellIndex> disk)
    {
        ThrowIfNone();
        var size = (int)Math.Min(GridDiskSize(k), H3Grid.CellCount(Resolution));
        if (disk.Length < size)
            throw new ArgumentException($"A disk of radius {k} needs room for {size} cells.", nameof(disk));
        return DiskSpiral.TryFill(Value, k, disk, out var count) ? count : DiskFlood.Fill(Value, k, disk[..size], out _);
    }

    /// <summary>
    /// Writes the cells at exactly <paramref name="k"/> steps. Returns how many: <see cref="GridRingSize"/>, or fewer around a pentagon,
    /// 0 when the earth is smaller than that.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">k is not 0 to <see cref="MaxDiskRadius"/>.</exception>
    /// <exception cref="ArgumentException">The span is smaller than <see cref="GridRingSize"/> and than the resolution's cells.</exception>
    public int GridRing(int k, Span<CellIndex> ring)
    {
        ThrowIfNone();
        var size = (int)Math.Min(GridRingSize(k), H3Grid.CellCount(Resolution));
        if (ring.Length < size)
            throw new ArgumentException($"A ring of radius {k} needs room for {size} cells.", nameof(ring));
        return DiskSpiral.TryFillRing(Value, k, ring, out var count) ? count : FloodRing(k, ring);
    }

    /// <summary>Writes the cells that share an edge with this one. Returns how many: 6, or 5 for a pentagon.</summary>
    /// <exception cref="ArgumentException">The span holds fewer than 6 cells.</exception>
    public int Neighbors(Span<CellIndex> neighbors) => GridRing(1, neighbors);

    /// <summary>Whether two cells share an edge. Cells of different resolutions do not, nor does a cell with itself.</summary>
    public bool IsNeighbor(CellIndex other)
    {
        ThrowIfNone();
        other.ThrowIfNone();
        if (Resolution != other.Resolution)
            return false;
        for (var direction = Digit.K; direction <= Digit.IJ; direction++)
        {
            if (NeighborStep.From(Value, direction) == other.Value)
                return true;
        }

        return false;
    }

    private int FloodRing(int k, Span<CellIndex> ring)
    {
        var size = (int)Math.Min(GridDiskSize(k), H3Grid.CellCount(Resolution));
        var disk = ArrayPool<CellIndex>.Shared.Rent(size);
        var count = DiskFlood.Fill(Value, k, disk.AsSpan(0, size), out var lastRing);
        var ringCells = disk.AsSpan(lastRing, count - lastRing);
        ringCells.CopyTo(ring);
        ArrayPool<CellIndex>.Shared.Return(disk);
        return ringCells.Length;
    }

    private static void ThrowIfNotRadius(int k)
    {
        if ((uint)k > MaxDiskRadius)
            throw new ArgumentOutOfRangeException(nameof(k), k, $"A radius is 0 to {MaxDiskRadius}.");
    }
}
