namespace CrowdGrains.H3;

/// <summary>
/// What becomes of digits that were found in the orientation of a face or of a neighbouring base cell: the base cell they belong to,
/// and how they turn into its own orientation.
/// </summary>
/// <remarks>
/// Around a pentagon the sector of digit 1 is cut out and its two rims are joined, so a turn may leave a cell in the missing sector.
/// Which rim it crossed follows from <see cref="Sector"/>, the direction from the pentagon in which the digits were found.
/// </remarks>
internal readonly struct BaseCellEntry(int baseCell, int rotation, int sector)
{
    private readonly byte _baseCell = (byte)baseCell;
    private readonly byte _rotation = (byte)rotation;
    private readonly byte _sector = (byte)sector;

    public int BaseCell => _baseCell;

    public int Rotation => _rotation;

    /// <summary>The direction from the pentagon, or 0 when the base cell is a hexagon.</summary>
    public int Sector => _sector;

    public bool IsPentagon => _sector != 0;

    /// <summary>The cell with these digits, given with unused digits set.</summary>
    public ulong Compose(int resolution, ulong digits)
    {
        var index = IndexBits.RotateCcw(IndexBits.Compose(resolution, _baseCell, digits), _rotation);
        return IsPentagon ? PentagonSeam.Close(index, _sector) : index;
    }
}
