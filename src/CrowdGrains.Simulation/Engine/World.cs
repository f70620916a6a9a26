using System.Buffers;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Records;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Simulation.Engine;

/// <summary>
/// The simulation engine: the production rules on one thread, in virtual time, with a seed for everything. Grains live in slots;
/// messages, timers and wake-ups come out of one timing wheel in a defined order, so that a seed gives one history.
/// </summary>
public sealed class World
{
    private readonly TurnRunner _runner;
    private readonly TimingWheel<Item> _wheel;
    private readonly LatencyModel _latency;
    private readonly List<GrainState> _grains = [];
    private readonly List<long> _committed = [];
    private readonly List<byte[]?> _records = [];
    private readonly ArrayBufferWriter<byte> _record = new();
    private readonly Dictionary<GrainId, int> _slots = [];
    private readonly Dictionary<Type, int> _messageCodes = [];
    private TraceHash _trace;
    private int _life;

    public World(DispatchRules rules, ulong seed, Instant start)
    {
        _runner = new TurnRunner(rules);
        _wheel = new TimingWheel<Item>(start.UnixMilliseconds);
        _latency = new LatencyModel(seed);
        Now = start;
    }

    /// <summary>Every durable turn's record is kept, so that the world can restart. Default: false, for it costs time and memory.</summary>
    public bool KeepsRecords { get; init; }

    public Instant Now { get; private set; }

    public long TurnCount { get; private set; }

    public long DurableTurnCount { get; private set; }

    public long RefusedTurnCount { get; private set; }

    public long EventCount { get; private set; }

    /// <summary>The digest of every turn so far.</summary>
    public string TraceHash => _trace.ToString();

    /// <summary>All grains, in the order in which they came to be.</summary>
    public IReadOnlyList<GrainState> Grains => _grains;

    /// <summary>The slot of a grain: its address without a look-up. The grain comes to be when it is first named.</summary>
    public int SlotOf(GrainId id)
    {
        if (!_slots.TryGetValue(id, out int slot))
        {
            slot = _grains.Count;
            _slots.Add(id, slot);
            _committed.Add(0);
            _records.Add(null);
            _grains.Add(GrainState.New(id));
        }

        return slot;
    }

    /// <summary>A device or client sends a message; it arrives after the latency of its network.</summary>
    public void Send(int slot, Message message) =>
        _wheel.Add(Now.UnixMilliseconds + _latency.Device(), new Item(ItemKind.Message, slot, 0, _life, message));

    /// <summary>Wakes one of the population.</summary>
    public void WakeAt(Instant due, int who, int what) => _wheel.Add(due.UnixMilliseconds, new Item(ItemKind.Wake, who, what, _life, null));

    /// <summary>Runs what is due until a time. False when nothing is left to do after it.</summary>
    public bool RunUntil(Instant until, IPopulation population)
    {
        while (_wheel.TryTake(until.UnixMilliseconds, out long due, out Item item))
        {
            Now = new Instant(due);
            Perform(item, population);
        }

        Now = Instant.Later(Now, until);
        return _wheel.Count > 0;
    }

    /// <summary>
    /// The process dies and starts again at once. Helpers and requests come back from their records and cells empty; timers are armed anew.
    /// Messages and answers under way are lost. What a turn wrote has happened: its events are still told.
    /// </summary>
    /// <exception cref="InvalidOperationException">No records are kept.</exception>
    public void Restart()
    {
        if (!KeepsRecords)
        {
            throw new InvalidOperationException("A world that keeps no records cannot restart.");
        }

        _life++;
        for (int slot = 0; slot < _grains.Count; slot++)
        {
            GrainId id = _grains[slot].Id;
            GrainState grain = _records[slot] is { } record ? GrainRecord.Read(id, _grains[slot].Version, record) : GrainState.New(id);
            _grains[slot] = grain;
            for (int i = 0; i < grain.Timers.Count; i++)
            {
                (TimerKey key, Instant due) = grain.Timers[i];
                _wheel.Add(due.UnixMilliseconds, new Item(ItemKind.Timer, slot, (int)key, _life, null));
            }
        }
    }

    private void Perform(in Item item, IPopulation population)
    {
        if (item.Life != _life && item.Kind is (ItemKind.Message or ItemKind.Timer or ItemKind.Answer))
        {
            return;
        }

        switch (item)
        {
            case { Kind: ItemKind.Message, Payload: Message message }:
                RunTurn(item.Target, message);
                break;
            case { Kind: ItemKind.Timer }:
                // The grain's own table decides; a timer that was moved or cleared has left this item behind.
                if (_grains[item.Target].Timers.TryGet((TimerKey)item.Code, out Instant due) && due <= Now)
                {
                    RunTurn(item.Target, new TimerFired((TimerKey)item.Code));
                }

                break;
            case { Kind: ItemKind.Event, Payload: Effect emitted }:
                population.Happened(emitted.To, emitted.Sequence, emitted.Event);
                break;
            case { Kind: ItemKind.Answer, Payload: Effect reply }:
                population.Answered(reply.Operation, reply.Answer);
                break;
            default:
                population.Wake(item.Target, item.Code);
                break;
        }
    }

    private void RunTurn(int slot, Message message)
    {
        Turn turn = _runner.Run(_grains[slot], message, Now);
        TurnCount++;
        RecordTurn(slot, message, turn);

        // Writes of one grain are ordered, and nothing leaves before what it rests on is durable: not even a soft turn's effects.
        long leave = Math.Max(Now.UnixMilliseconds, _committed[slot]);
        if (turn.Outcome == TurnOutcome.Durable)
        {
            DurableTurnCount++;
            leave = Math.Max(Now.UnixMilliseconds + _latency.Commit(), leave);
            _committed[slot] = leave;
            KeepRecord(slot);
        }
        else if (turn.Outcome == TurnOutcome.Refused)
        {
            RefusedTurnCount++;
        }

        foreach (ref readonly Effect effect in turn.Effects)
        {
            Release(effect, slot, leave);
        }
    }

    private void Release(in Effect effect, int slot, long leave)
    {
        switch (effect.Kind)
        {
            case EffectKind.Send:
                _wheel.Add(leave + _latency.Hop(), new Item(ItemKind.Message, SlotOf(effect.To), 0, _life, effect.Message));
                break;
            case EffectKind.SetTimer:
                _wheel.Add(effect.Due.UnixMilliseconds, new Item(ItemKind.Timer, slot, (int)effect.Timer, _life, null));
                break;
            case EffectKind.Emit:
                EventCount++;
                _trace.Add(effect.Event.ToString());
                _wheel.Add(leave, new Item(ItemKind.Event, slot, 0, _life, effect));
                break;
            case EffectKind.Reply:
                _wheel.Add(leave + _latency.Device(), new Item(ItemKind.Answer, slot, 0, _life, effect));
                break;
        }
    }

    private void KeepRecord(int slot)
    {
        if (KeepsRecords && _grains[slot].Id.Kind != GrainKind.Cell)
        {
            _record.ResetWrittenCount();
            GrainRecord.Write(_grains[slot], _record);
            _records[slot] = _record.WrittenSpan.ToArray();
        }
    }

    private void RecordTurn(int slot, Message message, Turn turn)
    {
        _trace.Add(Now.UnixMilliseconds);
        _trace.Add(((long)slot << 32) | ((long)CodeOf(message) << 16) | ((long)turn.Outcome << 8) | (long)turn.Refusal);
        _trace.Add(turn.Effects.Length);
        if (message is PositionReported report)
        {
            _trace.Add(report.Position.Lat);
            _trace.Add(report.Position.Lng);
        }
    }

    private int CodeOf(Message message)
    {
        if (!_messageCodes.TryGetValue(message.GetType(), out int code))
        {
            code = _messageCodes.Count + 1;
            _messageCodes.Add(message.GetType(), code);
        }

        return code;
    }

    private enum ItemKind : byte
    {
        Message,
        Timer,
        Event,
        Answer,
        Wake,
    }

    /// <param name="Life">How often the process had started when the item came to be.</param>
    private readonly record struct Item(ItemKind Kind, int Target, int Code, int Life, object? Payload);
}
