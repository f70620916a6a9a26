using System.Globalization;
using System.Numerics;

namespace CrowdGrains.Simulation.Engine;

/// <summary>A 64-bit digest of everything that happened, in order: two runs with one hash made the same turns. Not cryptographic.</summary>
public struct TraceHash
{
    private ulong _state;

    public readonly ulong Value => _state;

    public void Add(ulong value) => _state = (BitOperations.RotateLeft(_state, 23) ^ value) * 0x9FB21C651E98DF25;

    public void Add(long value) => Add((ulong)value);

    public void Add(double value) => Add(BitConverter.DoubleToUInt64Bits(value));

    public void Add(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            Add((ulong)c);
        }

        Add((ulong)text.Length);
    }

    public override readonly string ToString() => _state.ToString("x16", CultureInfo.InvariantCulture);
}
