using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;

namespace CrowdGrains.Core.Turns;

/// <summary>
/// Runs turns: the one piece of code that every engine calls. State in, message in, time in; state changed, effects out.
/// Not thread-safe: an engine has one runner per thread. Deduplication of commands and the judgement of timers happen here,
/// once for all grains.
/// </summary>
public sealed class TurnRunner
{
    private readonly Turn _turn;

    public TurnRunner(DispatchRules rules)
    {
        Rules = rules;
        _turn = new Turn(rules);
    }

    /// <summary>Catalogue, policy and options for the next turns; replaced whole when they are reloaded.</summary>
    public DispatchRules Rules { get; set; }

    /// <summary>Runs one turn. The returned turn, with its effects, is valid until the next call.</summary>
    /// <exception cref="InvariantViolationException">The turn broke an invariant: drop the activation, keep nothing of it.</exception>
    public Turn Run(GrainState grain, Message message, Instant now)
    {
        _turn.Begin(grain, now, Rules);
        if (message is TimerFired fired)
        {
            Fire(grain, fired);
        }
        else if (message is Command command && grain.Operations.TryFind(command.Operation, out Answer? given))
        {
            _turn.Refuse(command.Operation, given);
            _turn.Refuse(Refusal.Repeated);
        }
        else if (message is Command { IfVersion: { } versions } conditional && !versions.Include(grain.Version) && !grain.IsUnderWay(conditional.Operation))
        {
            _turn.Refuse(conditional.Operation, new Answer(AnswerCode.VersionMismatch));
        }
        else
        {
            Dispatch(grain, message);
        }

        if (_turn.Outcome == TurnOutcome.Durable)
        {
            grain.Version++;
            grain.CheckInvariants();
        }

        return _turn;
    }

    private void Fire(GrainState grain, TimerFired fired)
    {
        if (!grain.Timers.TryGet(fired.Key, out Instant due))
        {
            _turn.Refuse(Refusal.SpuriousTimer);
        }
        else if (due > _turn.Now)
        {
            // Fired early, by an index that was set before the timer moved: arm the index again, or the timer would be lost.
            _turn.SetTimer(fired.Key, due);
            _turn.KeepSoft();
        }
        else
        {
            grain.Timers.Clear(fired.Key);
            Dispatch(grain, fired);
        }
    }

    private void Dispatch(GrainState grain, Message message)
    {
        switch (grain)
        {
            case HelperState helper:
                HelperGrain.Handle(helper, message, _turn);
                break;
            case CellState cell:
                CellGrain.Handle(cell, message, _turn);
                break;
            case RequestState request:
                RequestGrain.Handle(request, message, _turn);
                break;
            default:
                throw new ArgumentException($"No rules for {grain.GetType().Name}.", nameof(grain));
        }
    }
}
