using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.EndToEnd;

/// <summary>
/// An engine in memory: one queue in virtual time over one turn runner. Messages between grains are delayed, and while faults last
/// lost, doubled and so reordered; clients' commands arrive. All chance comes from one seed.
/// </summary>
internal sealed class MessagePump(int seed, DispatchRules rules)
{
    private readonly TurnRunner _runner = new(rules);
    private readonly Dictionary<GrainId, GrainState> _grains = [];
    private readonly PriorityQueue<(GrainId To, Message Message), (long At, long Number)> _queue = new();
    private readonly Dictionary<GrainId, long> _lastEvent = [];
    private ulong _random = (ulong)seed * 0x9E3779B97F4A7C15UL + 1;
    private long _numbers;

    public Instant Now { get; private set; } = ManualClock.Start;

    /// <summary>Until then messages are lost and doubled.</summary>
    public Instant FaultsUntil { get; init; } = ManualClock.Start;

    public List<(GrainId Grain, GrainEvent Event)> Events { get; } = [];

    public Dictionary<OperationId, Answer> Answers { get; } = [];

    public IEnumerable<HelperState> Helpers => _grains.Values.OfType<HelperState>();

    public IEnumerable<RequestState> Requests => _grains.Values.OfType<RequestState>();

    /// <summary>Called with each effect, so that devices and customers can act on it.</summary>
    public Action<Effect>? OnEffect { get; set; }

    /// <summary>A whole number from 0 to below the limit.</summary>
    public int Draw(int limit)
    {
        _random ^= _random << 13;
        _random ^= _random >> 7;
        _random ^= _random << 17;
        return (int)(_random % (ulong)limit);
    }

    /// <summary>Delivers a message for sure, after a delay.</summary>
    public void Tell(GrainId to, Message message, int afterMilliseconds) =>
        _queue.Enqueue((to, message), (Now.UnixMilliseconds + afterMilliseconds, _numbers++));

    /// <summary>Runs until nothing is left to do before the end.</summary>
    public void RunUntil(Instant end, Action afterEachTurn)
    {
        while (_queue.TryPeek(out _, out (long At, long Number) next) && next.At <= end.UnixMilliseconds)
        {
            (GrainId to, Message message) = _queue.Dequeue();
            Now = new Instant(next.At);
            Deliver(to, message);
            afterEachTurn();
        }

        Now = end;
    }

    private void Deliver(GrainId to, Message message)
    {
        if (!_grains.TryGetValue(to, out GrainState? grain))
        {
            _grains.Add(to, grain = Create(to));
        }

        Effect[] effects = _runner.Run(grain, message, Now).Effects.ToArray();
        foreach (Effect effect in effects)
        {
            Perform(effect);
        }
    }

    private static GrainState Create(GrainId id) => id.Kind switch
    {
        GrainKind.Helper => new HelperState(HelperId.From(id.Name)),
        GrainKind.Request => new RequestState(RequestId.From(id.Name)),
        _ => new CellState(id.Cell),
    };

    private void Perform(Effect effect)
    {
        switch (effect.Kind)
        {
            case EffectKind.Send:
                Transmit(effect.To, effect.Message);
                break;
            case EffectKind.SetTimer:
                _queue.Enqueue((effect.To, new TimerFired(effect.Timer)), (Math.Max(Now.UnixMilliseconds, effect.Due.UnixMilliseconds), _numbers++));
                break;
            case EffectKind.Reply:
                Answers[effect.Operation] = effect.Answer;
                break;
            case EffectKind.Emit:
                _lastEvent.TryGetValue(effect.To, out long last);
                Assert.Equal(last + 1, effect.Sequence);
                _lastEvent[effect.To] = effect.Sequence;
                Events.Add((effect.To, effect.Event));
                break;
        }

        OnEffect?.Invoke(effect);
    }

    private void Transmit(GrainId to, Message message)
    {
        bool faulty = Now < FaultsUntil;
        if (faulty && Draw(10) == 0)
        {
            return;
        }

        int copies = faulty && Draw(10) == 0 ? 2 : 1;
        for (int i = 0; i < copies; i++)
        {
            Tell(to, message, 1 + Draw(faulty ? 1500 : 20));
        }
    }
}
