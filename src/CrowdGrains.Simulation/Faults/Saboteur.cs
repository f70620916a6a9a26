using CrowdGrains.Core.Turns;

namespace CrowdGrains.Simulation.Faults;

/// <summary>
/// Breaks one rule on purpose, so that it shows whether the checks would notice. This one breaks none; the others live with the tests.
/// </summary>
internal class Saboteur
{
    /// <summary>Effects leave before the write.</summary>
    public virtual bool IsHasty => false;

    /// <summary>What rests on a record leaves without a look at it.</summary>
    public virtual bool TrustsMemory => false;

    /// <summary>A write replaces whatever stands there.</summary>
    public virtual bool Overwrites => false;

    /// <summary>What a message becomes before its turn; null when it is swallowed. The state may be changed, too.</summary>
    public virtual Message? Before(GrainState state, Message message) => message;

    /// <summary>What a turn's effects become. The state may be changed, too: it is written afterwards.</summary>
    public virtual void After(GrainState state, Message message, TurnOutcome outcome, List<Effect> effects)
    {
    }

    /// <summary>Whether a timer is armed of a grain that has just been read from its record.</summary>
    public virtual bool Rearms(GrainState state, TimerKey timer) => true;

    /// <summary>Whether a durable turn is written.</summary>
    public virtual bool Writes(GrainState state, Message message) => true;
}
