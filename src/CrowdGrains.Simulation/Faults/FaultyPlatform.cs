using System.Buffers;
using System.Runtime.InteropServices;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Records;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Simulation.Faults;

/// <summary>
/// The production rules on processes that fail, over a network that loses, doubles and delays, and a store that refuses. It is meaner
/// than any engine: a grain may live on several processes at once, and only the versions of the store decide who is right. What a turn
/// wants leaves when its write is done, and in parts when the process dies meanwhile.
/// </summary>
internal sealed class FaultyPlatform
{
    private readonly TurnRunner _runner;
    private readonly TimingWheel<Item> _wheel;
    private readonly FaultOptions _options;
    private readonly FaultyNetwork _network;
    private readonly Placement _placement;
    private readonly Chaos _chaos;
    private readonly IPlatformAudience _audience;
    private readonly Saboteur _saboteur;
    private readonly ArrayBufferWriter<byte> _record = new();

    /// <summary>Those of the present turn.</summary>
    private readonly List<Effect> _effects = [];
    private readonly Action<Instant, string>? _trace;

    public FaultyPlatform(
        DispatchRules rules, FaultOptions options, FaultyNetwork network, Instant start, IPlatformAudience audience, Saboteur saboteur, Action<Instant, string>? trace)
    {
        _runner = new TurnRunner(rules);
        _wheel = new TimingWheel<Item>(start.UnixMilliseconds);
        _options = options;
        _network = network;
        _audience = audience;
        _saboteur = saboteur;
        _trace = trace;
        Now = start;
        Processes = [.. Enumerable.Range(0, options.Processes).Select(number => new Process(number))];
        _placement = new Placement(Processes, network);
        _chaos = new Chaos(options, this);
        _chaos.Begin();
    }

    public Instant Now { get; private set; }

    public IReadOnlyList<Process> Processes { get; }

    public FaultyStore Store { get; } = new();

    public long TurnCount { get; private set; }

    public long DurableTurnCount { get; private set; }

    /// <summary>Runs what is due until a time.</summary>
    public void RunUntil(Instant until)
    {
        while (_wheel.TryTake(until.UnixMilliseconds, out long due, out Item item))
        {
            Now = new Instant(due);
            Perform(item);
        }

        Now = Instant.Later(Now, until);
    }

    /// <summary>From now on all is well. A sweeper has every grain read again at home, as one that lived twice may not know that it is behind.</summary>
    public void EndFaults()
    {
        _network.IsFaulty = false;
        _chaos.End();
        foreach (Process process in Processes)
        {
            foreach (Activation activation in process.Activations.Where(activation => activation.Id.Kind != GrainKind.Cell).ToList())
            {
                process.Drop(activation);
            }
        }

        foreach ((GrainId grain, _, _) in Store.Records)
        {
            Activate(_placement.HomeOf(grain), grain);
        }
    }

    /// <summary>A client's message reaches the process of its grain after so many milliseconds.</summary>
    public void Post(GrainId to, Message message, int milliseconds) => Deliver(to, message, milliseconds);

    public void WakeAt(Instant due, int who, int what) => Add(due.UnixMilliseconds, new Item(ItemKind.Wake, null, null, default, who, what));

    public void Befall(Instant due, Mishap mishap, Process process) =>
        Add(due.UnixMilliseconds, new Item(ItemKind.Mishap, process, null, default, 0, (int)mishap));

    public void Crash(Process process)
    {
        Tell($"process {process.Number} crashes");
        foreach (Activation activation in process.Activations)
        {
            // Of what is under way the store may have kept the first writes.
            while (activation.Pending.TryDequeue(out PendingTurn? turn) && turn.Record is not null && _network.WriteUnderWayIsKept() && Keep(activation.Id, turn))
            {
                Tell($"{activation.Id} version {turn.Version} was kept");
            }
        }

        process.Crash();
    }

    /// <summary>The process is back, and wakes the grains that are at home on it.</summary>
    public void Restart(Process process)
    {
        Tell($"process {process.Number} is back");
        process.IsUp = true;
        for (int i = 0; i < Store.Records.Count; i++)
        {
            if (_placement.HomeOf(Store.Records[i].Grain) == process)
            {
                Activate(process, Store.Records[i].Grain);
            }
        }
    }

    private void Perform(in Item item)
    {
        if (item.Process is { } process && item.Kind != ItemKind.Mishap && Now < process.PausedUntil)
        {
            Add(process.PausedUntil.UnixMilliseconds, item);
            return;
        }

        switch (item)
        {
            case { Kind: ItemKind.Message, Process: { IsUp: true } at, Payload: Message message }:
                Receive(Find(at, item.Grain), message);
                break;
            case { Kind: ItemKind.Timer, Payload: Activation { IsDead: false } activation }:
                if (activation.State.Timers.TryGet((TimerKey)item.Code, out Instant due) && due <= activation.Process.Clock(Now))
                {
                    Receive(activation, new TimerFired((TimerKey)item.Code));
                }
                else if (due > Instant.Never)
                {
                    // The process's clock is behind: look again when it has got there.
                    Arm(activation, (TimerKey)item.Code, due);
                }

                break;
            case { Kind: ItemKind.Written, Payload: Activation { IsDead: false } activation }:
                Written(activation);
                break;
            case { Kind: ItemKind.Wanted, Process: { IsUp: true } at }:
                Find(at, item.Grain);
                break;
            case { Kind: ItemKind.Answer, Payload: AnswerUnderWay under }:
                _audience.Answered(under.Operation, under.Answer, under.Given);
                break;
            case { Kind: ItemKind.Wake }:
                _audience.Wake(item.Who, item.Code);
                break;
            case { Kind: ItemKind.Mishap, Process: { } whom }:
                _chaos.Happen((Mishap)item.Code, whom);
                break;
        }
    }

    private void Receive(Activation activation, Message message)
    {
        if (_options.IsSerial && activation.Pending.Count > 0)
        {
            activation.Waiting.Enqueue(message);
            return;
        }

        if (_saboteur.Before(activation.State, message) is not { } meant)
        {
            return;
        }

        Turn turn;
        try
        {
            turn = _runner.Run(activation.State, meant, activation.Process.Clock(Now));
        }
        catch (InvariantViolationException violation)
        {
            _audience.Broken(activation.Id, violation);
            Lose(activation);
            return;
        }

        TurnCount++;
        _effects.Clear();
        _effects.AddRange(turn.Effects);
        _saboteur.After(activation.State, meant, turn.Outcome, _effects);
        Tell(activation, meant, turn, _effects);
        foreach (Effect effect in _effects)
        {
            if (effect.Kind == EffectKind.SetTimer)
            {
                Arm(activation, effect.Timer, effect.Due);
            }
        }

        if (turn.Outcome == TurnOutcome.Durable && _saboteur.Writes(activation.State, meant))
        {
            DurableTurnCount++;
            Write(activation, turn.Now, _effects);
        }
        else if (activation.Pending.Count > 0 || MayBeStale(activation, meant, turn.Outcome, _effects))
        {
            // Nothing may overtake what it rests on. And where a grain may live twice, what rests on a record waits for a look at it.
            long due = Math.Max(activation.Pending.LastOrDefault()?.Due ?? 0, Now.UnixMilliseconds + 1);
            Hold(activation, new PendingTurn(activation.State.Version, null, turn.Now, [.. _effects], due));
        }
        else
        {
            Release(activation, _effects);
        }
    }

    private bool MayBeStale(Activation activation, Message message, TurnOutcome outcome, List<Effect> effects) =>
        Processes.Count > 1 && !_saboteur.TrustsMemory && activation.Id.Kind != GrainKind.Cell
        && LastLook.IsNeeded(message, outcome, CollectionsMarshal.AsSpan(effects));

    private void Write(Activation activation, Instant at, List<Effect> effects)
    {
        if (activation.Id.Kind == GrainKind.Cell)
        {
            throw new InvalidOperationException($"{activation.Id} has nothing durable.");
        }

        if (_saboteur.IsHasty)
        {
            Release(activation, effects);
            effects.RemoveAll(effect => effect.Kind != EffectKind.Emit);
        }

        _record.ResetWrittenCount();
        GrainRecord.Write(activation.State, _record);
        long due = Math.Max(activation.Pending.LastOrDefault()?.Due ?? 0, Now.UnixMilliseconds + _network.Write());
        Hold(activation, new PendingTurn(activation.State.Version, _record.WrittenSpan.ToArray(), at, [.. effects], due));
    }

    private void Hold(Activation activation, PendingTurn turn)
    {
        activation.Pending.Enqueue(turn);
        Add(turn.Due, new Item(ItemKind.Written, activation.Process, activation, default, 0, 0));
    }

    private void Written(Activation activation)
    {
        PendingTurn turn = activation.Pending.Peek();
        if (turn.Record is not null && _network.WriteFails())
        {
            bool isKept = _network.FailedWriteIsKept() && Keep(activation.Id, turn);
            Tell($"{activation.Id} version {turn.Version}: the write fails{(isKept ? ", and was kept" : "")}");
            Lose(activation);
            return;
        }

        if (turn.Record is null ? !IsCurrent(activation.Id, turn.Version) : !Keep(activation.Id, turn))
        {
            Tell($"{activation.Id} version {turn.Version} on {activation.Process.Number}: somebody else has written");
            Lose(activation);
            return;
        }

        activation.Pending.Dequeue();
        Release(activation, turn.Effects);
        while (activation.Waiting.Count > 0 && activation.Pending.Count == 0 && !activation.IsDead)
        {
            Receive(activation, activation.Waiting.Dequeue());
        }
    }

    private bool IsCurrent(GrainId grain, long version) => Processes.Count == 1 || _saboteur.TrustsMemory || (Store.Read(grain)?.Version ?? 0) == version;

    /// <summary>Writes a turn's record and events. False when the record has moved on.</summary>
    private bool Keep(GrainId grain, PendingTurn turn)
    {
        byte[] record = turn.Record ?? throw new InvalidOperationException("The turn writes nothing.");
        if (_saboteur.Overwrites)
        {
            Store.Overwrite(grain, turn.Version, record);
        }
        else if (!Store.TryWrite(grain, turn.Version, record))
        {
            return false;
        }

        foreach (Effect effect in turn.Effects)
        {
            if (effect.Kind == EffectKind.Emit)
            {
                _audience.Logged(new LoggedFact(grain, effect.Sequence, turn.At, effect.Event));
            }
        }

        _audience.Stored(grain, turn.Version, record);
        return true;
    }

    /// <summary>Nothing of it counts any more; it is read again soon, so that its timers go on.</summary>
    private void Lose(Activation activation)
    {
        activation.Process.Drop(activation);
        if (activation.Id.Kind != GrainKind.Cell)
        {
            Add(Now.UnixMilliseconds + 50 + _network.Choose(200), new Item(ItemKind.Wanted, activation.Process, null, activation.Id, 0, 0));
        }
    }

    private void Release(Activation from, IReadOnlyList<Effect> effects)
    {
        Span<int> delays = stackalloc int[2];
        foreach (Effect effect in effects)
        {
            if (effect.Kind == EffectKind.Send)
            {
                Process to = _placement.Route(effect.To);
                int copies = _network.Send(from.Process, to, delays);
                for (int i = 0; i < copies; i++)
                {
                    Add(Now.UnixMilliseconds + delays[i], new Item(ItemKind.Message, to, effect.Message, effect.To, 0, 0));
                }
            }
            else if (effect.Kind == EffectKind.Reply && !_network.IsLostAtTheEdge())
            {
                Add(Now.UnixMilliseconds + _network.Device(), new Item(ItemKind.Answer, null, new AnswerUnderWay(effect.Operation, effect.Answer, Now), default, 0, 0));
            }
        }
    }

    private void Deliver(GrainId to, Message message, int milliseconds) =>
        Add(Now.UnixMilliseconds + milliseconds, new Item(ItemKind.Message, _placement.Route(to), message, to, 0, 0));

    private Activation Find(Process process, GrainId grain) => process.TryFind(grain, out Activation? found) ? found : Activate(process, grain);

    private Activation Activate(Process process, GrainId grain)
    {
        GrainState state = Store.Read(grain) is { } stored ? GrainRecord.Read(grain, stored.Version, stored.Record) : GrainState.New(grain);
        Activation activation = new(process, state);
        process.Add(activation);
        for (int i = 0; i < state.Timers.Count; i++)
        {
            (TimerKey key, Instant due) = state.Timers[i];
            if (_saboteur.Rearms(state, key))
            {
                Arm(activation, key, due);
            }
        }

        return activation;
    }

    private void Arm(Activation activation, TimerKey key, Instant due) =>
        Add((due - activation.Process.ClockError).UnixMilliseconds, new Item(ItemKind.Timer, activation.Process, activation, default, 0, (int)key));

    private void Add(long due, in Item item) => _wheel.Add(Math.Max(due, Now.UnixMilliseconds), item);

    private void Tell(string what) => _trace?.Invoke(Now, what);

    private void Tell(Activation activation, Message message, Turn turn, List<Effect> effects)
    {
        if (_trace is not null && message is not (PositionReported or Core.Cells.EnlistHelper))
        {
            string outcome = turn.Outcome == TurnOutcome.Refused ? $"refused: {turn.Refusal}" : turn.Outcome.ToString();
            _trace(Now, $"{activation.Id} on {activation.Process.Number} <- {message}: {outcome}{string.Concat(effects.Select(effect => $"\n      {effect}"))}");
        }
    }

    private enum ItemKind : byte
    {
        Message,
        Timer,
        Written,

        /// <summary>A grain is read again.</summary>
        Wanted,
        Answer,
        Wake,
        Mishap,
    }

    private sealed record AnswerUnderWay(OperationId Operation, Answer Answer, Instant Given);

    private readonly record struct Item(ItemKind Kind, Process? Process, object? Payload, GrainId Grain, int Who, int Code);
}
