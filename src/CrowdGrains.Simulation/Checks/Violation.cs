using CrowdGrains.Core.Turns;

namespace CrowdGrains.Simulation.Checks;

/// <summary>A rule that did not hold.</summary>
/// <param name="Rule">Its stable name.</param>
/// <param name="Grain">Where it showed.</param>
/// <param name="At">When, in virtual time.</param>
/// <param name="Text">What was seen and what should have been.</param>
public sealed record Violation(string Rule, GrainId Grain, Instant At, string Text)
{
    public override string ToString() => $"{At} {Grain}: {Rule}: {Text}";
}
