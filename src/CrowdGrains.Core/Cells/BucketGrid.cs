namespace CrowdGrains.Core.Cells;

/// <summary>The helpers of one square of the cell's plane, on pages of the table: all full but the first.</summary>
internal struct Bucket
{
    public int FirstPage;
    public int Count;
}

/// <summary>
/// Squares over the cell's plane, and who is in each. The grid is as fine as the crowd is dense: one square for a few helpers, up to 128 by
/// 128 in a stadium. The outermost squares reach to the end of the earth, so that every place has one.
/// </summary>
/// <param name="halfMeters">The grid spans so much to each side of the plane's origin.</param>
internal sealed class BucketGrid(float halfMeters)
{
    /// <summary>More helpers in one square make the grid finer, if that leaves at least one helper a square on average.</summary>
    private const int Crowded = 32;

    private const int FinestSide = 128;
    private Bucket[] _buckets = new Bucket[1];
    private float _squareMeters = 2 * halfMeters;
    private float _squaresPerMeter = 1 / (2 * halfMeters);

    /// <summary>How many squares along one side.</summary>
    public int Side { get; private set; } = 1;

    public ref readonly Bucket this[int column, int row] => ref _buckets[(row * Side) + column];

    public int Column(float x) => Math.Clamp((int)((x + halfMeters) * _squaresPerMeter), 0, Side - 1);

    /// <summary>Where the square of a column, or of a row, begins.</summary>
    public float Edge(int column) => (column * _squareMeters) - halfMeters;

    public int BucketOf(PlanePoint point) => (Column(point.Y) * Side) + Column(point.X);

    /// <summary>Whether the whole grid is no further away.</summary>
    public bool LiesWithin(PlanePoint point, float meters) =>
        new PlanePoint(Math.Abs(point.X) + halfMeters, Math.Abs(point.Y) + halfMeters).SquareDistanceTo(default) <= meters * meters;

    /// <summary>How many helpers are in squares that reach so near.</summary>
    public int CountWithin(PlanePoint point, float meters)
    {
        int count = 0;
        int home = Column(point.Y);
        for (int row = Column(point.Y - meters); row <= Column(point.Y + meters); row++)
        {
            float dy = Gap(point.Y, row, home);
            float dx = MathF.Sqrt(Math.Max(0, (meters * meters) - (dy * dy)));
            foreach (ref readonly Bucket bucket in _buckets.AsSpan((row * Side) + Column(point.X - dx), Column(point.X + dx) - Column(point.X - dx) + 1))
            {
                count += bucket.Count;
            }
        }

        return count;
    }

    /// <summary>How far a column is from a coordinate that lies in the column <paramref name="home"/>; rows alike.</summary>
    public float Gap(float at, int column, int home) =>
        column == home ? 0 : column < home ? at - Edge(column + 1) : Edge(column) - at;

    public ref Bucket At(int bucket) => ref _buckets[bucket];

    /// <summary>Whether a finer grid would pay, with so many helpers in this bucket and in all.</summary>
    public bool IsCrowded(int inBucket, int inAll) => inBucket > Crowded && Side < FinestSide && Side * Side * 4 <= inAll;

    /// <summary>
    /// Whether so few are left that most squares stand empty. Far from where it became finer, so that a crowd of about that size does not
    /// switch to and fro.
    /// </summary>
    public static bool IsDeserted(int side, int inAll) => side > 1 && inAll * 8 < side * side;

    /// <summary>Makes the grid finer or coarser. All squares are empty then.</summary>
    public void Divide(int side)
    {
        Side = side;
        _squareMeters = 2 * halfMeters / side;
        _squaresPerMeter = side / (2 * halfMeters);
        _buckets = new Bucket[side * side];
    }
}
