using CrowdGrains.Core.Helpers;

namespace CrowdGrains.Core.Turns;

/// <summary>
/// Where a grain may live twice for a moment: which turns that write nothing may say what they say only after a look that their record
/// is still the last. What promises or denies rests on the record: an answer, a message to a helper or request. What goes to a cell does
/// neither: a wrong entry costs one refused offer, and its lease ends. A refusal rests on it too: an activation that is behind takes news
/// for a repeat, and whoever brings it would bring it for ever. Positions come again, and a timer that is refused in error stays overdue.
/// </summary>
public static class LastLook
{
    public static bool IsNeeded(Message message, TurnOutcome outcome, ReadOnlySpan<Effect> effects)
    {
        if (outcome == TurnOutcome.Refused && message is not (TimerFired or PositionReported))
        {
            return true;
        }

        foreach (ref readonly Effect effect in effects)
        {
            if (effect.Kind == EffectKind.Reply || (effect.Kind == EffectKind.Send && effect.To.Kind != GrainKind.Cell))
            {
                return true;
            }
        }

        return false;
    }
}
