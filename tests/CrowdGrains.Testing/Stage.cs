using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Testing;

/// <summary>One grain, a clock and the rules: a test tells it a message and looks at the turn.</summary>
public abstract class Stage<TState>(TState state, DispatchRules rules)
    where TState : GrainState
{
    private readonly TurnRunner _runner = new(rules);
    private int _operations;

    public TState State { get; } = state;

    public DispatchRules Rules { get; } = rules;

    public ManualClock Clock { get; } = new();

    public Instant Now => Clock.Now;

    /// <summary>The last turn.</summary>
    public TurnResult Last { get; private set; } = null!;

    /// <summary>An operation id that was not used on this stage before.</summary>
    public OperationId NextOperation() => OperationId.From($"op-{++_operations}");

    public TurnResult Tell(Message message)
    {
        long events = State.EventCount;
        return Last = new TurnResult(State.Id, _runner.Run(State, message, Now), events);
    }

    /// <summary>Lets time pass until the timer is due, and fires it.</summary>
    public TurnResult Fire(TimerKey key)
    {
        Clock.AdvanceTo(DueOf(key));
        return Tell(new TimerFired(key));
    }

    public Instant DueOf(TimerKey key) =>
        State.Timers.TryGet(key, out Instant due) ? due : throw new InvalidOperationException($"{State.Id} has no timer {key}.");
}
