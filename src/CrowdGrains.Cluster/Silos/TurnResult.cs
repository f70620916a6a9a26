using CrowdGrains.Core.Turns;

namespace CrowdGrains.Cluster.Silos;

/// <summary>What a turn wants done, kept while its write is under way: the runner's own buffer serves the next turn by then.</summary>
internal sealed record TurnResult(TurnOutcome Outcome, Instant At, Effect[] Effects)
{
    /// <summary>The answer to an operation; null when the turn gives none.</summary>
    public Answer? AnswerTo(OperationId operation)
    {
        foreach (Effect effect in Effects)
        {
            if (effect.Kind == EffectKind.Reply && effect.Operation == operation)
            {
                return effect.Answer;
            }
        }

        return null;
    }
}
