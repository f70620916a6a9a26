using CrowdGrains.Core.Matching;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Turns;

/// <summary>What a turn asks of the engine.</summary>
public enum TurnOutcome : byte
{
    /// <summary>State, timers and events go to the store in one atomic write; the effects leave after it.</summary>
    Durable,

    /// <summary>Only what is rebuilt from heartbeats or timers has moved; the effects leave at once, nothing is written.</summary>
    Soft,

    /// <summary>The state is untouched. Effects, if any, repeat what was promised before.</summary>
    Refused,
}

/// <summary>One turn of one grain: the time, the rules, and the buffer of effects. One instance serves all turns of an engine's thread.</summary>
public sealed class Turn
{
    private CellIndex[] _cells = [];
    private Effect[] _effects = new Effect[32];
    private int _count;
    private GrainState? _grain;

    internal Turn(DispatchRules rules) => Rules = rules;

    public Instant Now { get; private set; }

    public DispatchRules Rules { get; private set; }

    public TurnOutcome Outcome { get; private set; }

    /// <summary>Why the turn was refused; None for the other outcomes.</summary>
    public Refusal Refusal { get; private set; }

    /// <summary>The effects in the order they were asked for. Valid until the next turn begins.</summary>
    public ReadOnlySpan<Effect> Effects => _effects.AsSpan(0, _count);

    /// <summary>Room for the best candidates while a cell is scanned.</summary>
    internal RankedList<Candidate> Candidates { get; } = new();

    /// <summary>Room for what many cells found, while it is ranked.</summary>
    internal List<Candidate> Gathered { get; } = [];

    /// <summary>Room for the best waiting requests while a cell is scanned.</summary>
    internal RankedList<WaitingRequest> Waiting { get; } = new();

    /// <summary>Room for the helpers a cell names that it does not propose.</summary>
    internal List<NotAsked> NotAsked { get; } = [];

    private GrainState Grain => _grain ?? throw new InvalidOperationException("No turn has begun.");

    internal void Begin(GrainState grain, Instant now, DispatchRules rules)
    {
        _effects.AsSpan(0, _count).Clear();
        _count = 0;
        _grain = grain;
        Now = now;
        Rules = rules;
        Outcome = TurnOutcome.Durable;
        Refusal = Refusal.None;
    }

    internal void Send(GrainId to, Message message) => Add(Effect.Send(to, message));

    /// <summary>Answers a command and keeps the answer for repeats.</summary>
    internal void Reply(OperationId operation, Answer answer)
    {
        Grain.Operations.Add(operation, answer);
        Add(Effect.Reply(Grain.Id, operation, answer));
    }

    /// <summary>Answers a command that changed nothing; a repeat is judged anew.</summary>
    internal void Refuse(OperationId operation, Answer answer)
    {
        Add(Effect.Reply(Grain.Id, operation, answer));
        Refuse(answer.Code switch
        {
            AnswerCode.NotFound => Refusal.Unknown,
            AnswerCode.Invalid => Refusal.Invalid,
            AnswerCode.AlreadyExists or AnswerCode.Ok => Refusal.Repeated,
            _ => Refusal.WrongState,
        });
    }

    /// <summary>Answers a command that waits and will have no answer of its own; a repeat is judged anew.</summary>
    internal void Dismiss(OperationId operation, Answer answer) => Add(Effect.Reply(Grain.Id, operation, answer));

    internal void Refuse(Refusal reason)
    {
        Outcome = TurnOutcome.Refused;
        Refusal = reason;
    }

    /// <summary>Declares that nothing durable has moved.</summary>
    internal void KeepSoft() => Outcome = TurnOutcome.Soft;

    /// <summary>Takes back <see cref="KeepSoft"/>: something durable has moved after all.</summary>
    internal void KeepDurable() => Outcome = TurnOutcome.Durable;

    internal void SetTimer(TimerKey key, Instant due)
    {
        Grain.Timers.Set(key, due);
        Add(Effect.SetTimer(Grain.Id, key, due));
    }

    internal void SetTimer(TimerKey key, TimeSpan after) => SetTimer(key, Now + after);

    internal void ClearTimer(TimerKey key)
    {
        if (Grain.Timers.Clear(key))
        {
            Add(Effect.ClearTimer(Grain.Id, key));
        }
    }

    /// <summary>A number for a message to a cell that is larger than the last one, even when the last one was not written.</summary>
    internal long NextNumber(long last) => Math.Max(last + 1, Now.UnixMilliseconds);

    internal void Emit(GrainEvent happened) => Add(Effect.Emit(Grain.Id, ++Grain.EventCount, happened));

    /// <summary>
    /// The cells of rings <paramref name="asked"/> + 1 to <paramref name="rings"/> around a cell that may hold a place within a radius of
    /// <paramref name="place"/>, nearest rings first; asked −1 is the whole disk. Valid until the next call.
    /// </summary>
    internal ReadOnlySpan<CellIndex> CellsWithin(CellIndex home, int asked, int rings, in UnitVector place, int radiusMeters)
    {
        int size = CellIndex.GridDiskSize(rings);
        if (_cells.Length < size)
        {
            _cells = new CellIndex[size];
        }

        int inner = asked < 0 ? 0 : home.GridDisk(asked, _cells);
        int count = home.GridDisk(rings, _cells);
        Span<CellIndex> cells = _cells.AsSpan(inner, count - inner);
        return cells[..SearchArea.KeepWithin(cells, place, radiusMeters)];
    }

    private void Add(in Effect effect)
    {
        if (_count == _effects.Length)
        {
            Array.Resize(ref _effects, _count * 2);
        }

        _effects[_count++] = effect;
    }
}
