namespace CrowdGrains.Simulation.Checks;

/// <summary>Ends a run at the first rule that does not hold.</summary>
internal sealed class ViolationException(Violation violation) : Exception(violation.ToString())
{
    public Violation Violation { get; } = violation;
}
