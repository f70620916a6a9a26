namespace CrowdGrains.H3;

/// <summary>
/// The digit of a child within its parent, which is also a direction: bit 2 stands for the i axis, bit 1 for j, bit 0 for k.
/// Around the circle, counter-clockwise from the i axis, the order is 4 6 2 3 1 5.
/// </summary>
internal static class Digit
{
    public const int Center = 0;
    public const int K = 1;
    public const int J = 2;
    public const int JK = 3;
    public const int I = 4;
    public const int IK = 5;
    public const int IJ = 6;

    /// <summary>Fills the digits finer than a cell's resolution, and answers "no direction".</summary>
    public const int None = 7;

    private static readonly HexCoord[] Units =
        [new(0, 0), new(-1, -1), new(0, 1), new(-1, 0), new(1, 0), new(0, -1), new(1, 1)];

    // The position of a direction on the circle in steps of 60°, and back.
    private static ReadOnlySpan<byte> StepOf => [0, 4, 2, 3, 0, 5, 1];

    private static ReadOnlySpan<byte> DigitAt => [I, IJ, J, JK, K, IK];

    public static HexCoord Unit(int digit) => Units[digit];

    /// <summary>The digit whose unit is <paramref name="unit"/>, or <see cref="None"/>.</summary>
    public static int Of(HexCoord unit) => Array.IndexOf(Units, unit) is >= 0 and var digit ? digit : None;

    public static int Opposite(int direction) => 7 - direction;

    public static int RotateCcw(int digit, int steps) => digit is Center or None ? digit : DigitAt[(StepOf[digit] + steps) % 6];

    public static int RotateCw(int digit) => RotateCcw(digit, 5);

    /// <summary>How many times 60° counter-clockwise (0 to 5) turn one direction into the other.</summary>
    public static int StepsCcw(int from, int to) => (StepOf[to] - StepOf[from] + 6) % 6;
}
