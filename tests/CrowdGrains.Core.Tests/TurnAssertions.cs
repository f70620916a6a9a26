using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests;

/// <summary>Compares a whole turn: its outcome and every effect, in order and in depth.</summary>
internal static class TurnAssertions
{
    public static void Is(this TurnResult turn, TurnOutcome outcome, params Expect[] effects) =>
        Compare(turn.Describe(outcome, Refusal.None, effects), turn.Describe());

    public static void IsRefused(this TurnResult turn, Refusal reason, params Expect[] effects) =>
        Compare(turn.Describe(TurnOutcome.Refused, reason, effects), turn.Describe());

    private static void Compare(string expected, string actual)
    {
        if (!string.Equals(expected, actual, StringComparison.Ordinal))
        {
            Assert.Fail($"The turn differs.\nExpected:\n{expected}\nActual:\n{actual}");
        }
    }
}
