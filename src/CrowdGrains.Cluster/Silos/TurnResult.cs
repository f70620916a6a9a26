using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Cluster.Silos;

/// <summary>What a turn wants done, kept while its write is under way: the runner's own buffer serves the next turn by then.</summary>
internal sealed record TurnResult(TurnOutcome Outcome, Instant At, Effect[] Effects)
{
    /// <summary>
    /// Whether the turn says something that only the last record can say. An answer does, and a message to a helper or request; what goes
    /// to a cell promises nothing: a wrong entry costs one refused offer, and its lease ends. A refusal does too: an activation that is
    /// behind takes news for a repeat, and whoever brings it would bring it for ever. Positions come again, and timers that are refused
    /// in error are overdue and found by the sweeper.
    /// </summary>
    public bool SpeaksForTheRecord(Message message) =>
        (Outcome == TurnOutcome.Refused && message is not (TimerFired or PositionReported))
        || Array.Exists(Effects, static effect => effect.Kind == EffectKind.Reply || (effect.Kind == EffectKind.Send && effect.To.Kind != GrainKind.Cell));

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
