namespace CrowdGrains.Core.Matching;

/// <summary>
/// Why a candidate stands where it stands, term by term. One point is worth one second of the customer's waiting; more is better.
/// Whole numbers, so that every machine ranks the same.
/// </summary>
/// <param name="Fix">Minus the expected time lost to a second visit: (1 − chance of a fix at the first) × the cost of a repeat.</param>
/// <param name="Travel">Minus the time to arrive.</param>
/// <param name="Loyalty">Plus, for the helper who served the customer before.</param>
/// <param name="Fairness">Plus, for the time the helper has waited for a job.</param>
/// <param name="Scarcity">Minus, for skill that this problem does not need and another might.</param>
public readonly record struct Score(int Fix, int Travel, int Loyalty, int Fairness, int Scarcity)
{
    public int Total => Fix + Travel + Loyalty + Fairness + Scarcity;
}
