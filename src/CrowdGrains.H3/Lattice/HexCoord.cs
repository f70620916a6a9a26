namespace CrowdGrains.H3;

/// <summary>
/// A centre of the hexagonal lattice, held as the Eisenstein integer <c>A + B·ω</c> with ω = e^(2πi/3). The i, j and k axes of H3
/// are 1, ω and ω²; the three add up to zero, so two components are enough and need no normalising.
/// </summary>
/// <remarks>
/// Going one resolution finer multiplies by 2 − ω (into Class III) or by 3 + ω (into Class II). Both have norm 7 and their product is 7,
/// so two resolutions are a plain scaling by seven.
/// </remarks>
internal readonly record struct HexCoord(int A, int B)
{
    public static HexCoord operator +(HexCoord x, HexCoord y) => new(x.A + y.A, x.B + y.B);

    public static HexCoord operator -(HexCoord x, HexCoord y) => new(x.A - y.A, x.B - y.B);

    public static HexCoord operator *(HexCoord x, int factor) => new(x.A * factor, x.B * factor);

    /// <summary>The product in the ring, from ω² = −1 − ω.</summary>
    public static HexCoord operator *(HexCoord x, HexCoord y) =>
        new((x.A * y.A) - (x.B * y.B), (x.A * y.B) + (x.B * y.A) - (x.B * y.B));

    /// <summary>The number of lattice steps to the origin.</summary>
    public int Length => Math.Max(Math.Abs(A - B), Math.Max(Math.Abs(A), Math.Abs(B)));

    /// <summary>Turned about the origin by <paramref name="steps"/> (0 to 5) times 60° counter-clockwise.</summary>
    public HexCoord RotateCcw(int steps)
    {
        var turned = this;
        for (var i = 0; i < steps; i++)
            turned = new(turned.A - turned.B, turned.A);
        return turned;
    }

    /// <summary>Turned clockwise.</summary>
    public HexCoord RotateCw(int steps) => RotateCcw((6 - steps) % 6);

    /// <summary>The quotient by a divisor of this number: the product with its conjugate over its norm.</summary>
    public HexCoord DivideExactly(HexCoord divisor)
    {
        var norm = (divisor.A * divisor.A) - (divisor.A * divisor.B) + (divisor.B * divisor.B);
        var product = this * new HexCoord(divisor.A - divisor.B, -divisor.B);
        return new(product.A / norm, product.B / norm);
    }
}
