using System.Numerics;

namespace CrowdGrains.Core.Matching;

/// <summary>Counts the answers of many cells to one question. Answers to earlier questions and repeated answers are told apart.</summary>
/// <param name="number">The number of the question, echoed by every answer.</param>
/// <param name="total">How many were asked, each with its slot from 0.</param>
public sealed class Gathering(int number, int total)
{
    private readonly ulong[] _answered = new ulong[(total + 63) / 64];

    public int Number { get; } = number;

    public int Total { get; } = total;

    public int Answered { get; private set; }

    public bool IsComplete => Answered == Total;

    /// <summary>False when the answer is to another question, out of range, or a repeat.</summary>
    public bool TryMark(int number, int slot)
    {
        if (number != Number || slot < 0 || slot >= Total)
        {
            return false;
        }

        ulong bit = BitOperations.RotateLeft(1UL, slot);
        if ((_answered[slot / 64] & bit) != 0)
        {
            return false;
        }

        _answered[slot / 64] |= bit;
        Answered++;
        return true;
    }
}
