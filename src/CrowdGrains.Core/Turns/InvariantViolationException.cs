using System.Runtime.CompilerServices;

namespace CrowdGrains.Core.Turns;

/// <summary>A rule of the rules does not hold: a defect of ours, never of a caller. The engine drops the activation and reloads the record.</summary>
public sealed class InvariantViolationException : Exception
{
    public InvariantViolationException(string message)
        : base(message)
    {
    }

    public InvariantViolationException()
    {
    }

    public InvariantViolationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Throws unless the condition holds, in release builds too.</summary>
    internal static void Require(bool holds, GrainId grain, [CallerArgumentExpression(nameof(holds))] string condition = "")
    {
        if (!holds)
        {
            throw new InvariantViolationException($"{grain}: {condition}");
        }
    }
}
