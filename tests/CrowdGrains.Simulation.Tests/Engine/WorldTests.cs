using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.Tests.Engine;

public sealed class WorldTests
{
    private static readonly Instant Start = new(1_398_816_000_000);
    private static readonly LatLng Here = LatLng.FromDegrees(40.75, -73.98);
    private static readonly HelperId Ada = HelperId.From("ada");

    private readonly World _world = MakeWorld(1);
    private readonly ScriptedPopulation _people;

    public WorldTests() => _people = new ScriptedPopulation(_world);

    [Fact]
    public void SlotOf_NamesAGrainOnceAndForAll()
    {
        int helper = _world.SlotOf(Ada);
        int request = _world.SlotOf(RequestId.From("ada"));
        int cell = _world.SlotOf(CellIndex.FromLatLng(Here, 7));

        Assert.Equal([0, 1, 2], [helper, request, cell]);
        Assert.Equal(helper, _world.SlotOf(HelperId.From("ada")));
        Assert.IsType<HelperState>(_world.Grains[helper]);
        Assert.IsType<RequestState>(_world.Grains[request]);
        Assert.IsType<CellState>(_world.Grains[cell]);
    }

    [Fact]
    public void SlotOf_RefusesTheDefaultId()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _world.SlotOf(default));
    }

    [Fact]
    public void Send_ArrivesAfterTheLatencyOfADeviceAndIsAnswered()
    {
        _world.Send(_world.SlotOf(Ada), new RegisterHelper(Operation("o1"), Profile()));

        Assert.True(_world.RunUntil(Start + TimeSpan.FromMilliseconds(39), _people));
        Assert.Equal(0, _world.TurnCount);
        Assert.False(_world.RunUntil(Start + TimeSpan.FromSeconds(1), _people));
        Assert.Equal((1, 1, 1), (_world.TurnCount, _world.DurableTurnCount, _world.EventCount));
        Assert.Equal(Answer.Ok, _people.Answers["o1"]);
    }

    /// <summary>The event is logged with the write, the answer leaves after it: nothing is told before it is durable.</summary>
    [Fact]
    public void RunUntil_TellsNothingBeforeTheTurnIsWritten()
    {
        _world.Send(_world.SlotOf(Ada), new RegisterHelper(Operation("o1"), Profile()));
        Instant turn = RunToFirstTurn();
        _world.RunUntil(Start + TimeSpan.FromSeconds(1), _people);

        Assert.InRange((_people.Events[0].At - turn).TotalMilliseconds, 2, 5);
        Assert.InRange((_people.AnswerTimes[0] - _people.Events[0].At).TotalMilliseconds, 40, 167);
    }

    [Fact]
    public void RunUntil_KeepsTheWritesOfOneGrainInOrder()
    {
        int slot = Register();
        for (int i = 0; i < 200; i++)
        {
            _world.Send(slot, i % 2 == 0 ? new GoOnline(Operation($"on{i}"), Here, null) : new TakeBreak(Operation($"off{i}")));
        }

        _world.RunUntil(_world.Now + TimeSpan.FromSeconds(1), _people);
        (Instant At, GrainId Grain, long Sequence, GrainEvent Event)[] events = [.. _people.Events.Where(entry => entry.Grain == Ada)];

        Assert.True(events.Length > 100);
        Assert.Equal(Enumerable.Range(1, events.Length).Select(i => (long)i), events.Select(entry => entry.Sequence));
        Assert.Equal(events.Select(entry => entry.At).Order(), events.Select(entry => entry.At));
        Assert.Equal(events.Length, _world.Grains[slot].EventCount);
    }

    /// <summary>A repeat is answered by a turn that writes nothing, so only the order of leaving keeps it behind the first turn's write.</summary>
    [Fact]
    public void RunUntil_AnswersARepeatNoSoonerThanTheWriteItRestsOn()
    {
        // So many, because the repeat has to fall into the few milliseconds of the write and its answer has to be a fast one.
        const int Pairs = 5000;
        for (int i = 0; i < Pairs; i++)
        {
            int slot = _world.SlotOf(HelperId.From($"repeat{i}"));
            _world.Send(slot, new RegisterHelper(Operation($"repeat{i}"), Profile()));
            _world.Send(slot, new RegisterHelper(Operation($"repeat{i}"), Profile()));
        }

        _world.RunUntil(_world.Now + TimeSpan.FromSeconds(1), _people);
        Dictionary<string, Instant> written = _people.Events.ToDictionary(entry => entry.Grain.Name, entry => entry.At);
        Assert.Equal(Pairs, _world.RefusedTurnCount);
        Assert.DoesNotContain(
            _people.Operations.Zip(_people.AnswerTimes), answer => answer.Second < written[answer.First] + TimeSpan.FromMilliseconds(40));
    }

    [Fact]
    public void RunUntil_CountsRefusedTurns()
    {
        int slot = Register();
        _world.Send(slot, new RegisterHelper(Operation("again"), Profile()));
        _world.Send(slot, new PositionReported(_world.Now, Here));
        long events = _world.EventCount;
        _world.RunUntil(_world.Now + TimeSpan.FromSeconds(1), _people);

        Assert.Equal(AnswerCode.AlreadyExists, _people.Answers["again"].Code);
        Assert.Equal(2, _world.RefusedTurnCount);
        Assert.Equal((3, 1), (_world.TurnCount, _world.DurableTurnCount));
        Assert.Equal(events, _world.EventCount);
    }

    [Fact]
    public void RunUntil_FiresATimerOnceItIsDue()
    {
        int slot = Online();
        Instant due = Due(slot, TimerKey.HelperPresence);
        _world.RunUntil(due - TimeSpan.FromMilliseconds(1), _people);
        Assert.DoesNotContain(_people.Events, entry => entry.Event is HelperWentStale);

        _world.RunUntil(due + TimeSpan.FromMinutes(10), _people);
        (Instant at, _, _, _) = Assert.Single(_people.Events, entry => entry.Event is HelperWentStale);
        Assert.InRange((at - due).TotalMilliseconds, 2, 5);
    }

    [Fact]
    public void RunUntil_PassesOverATimerThatWasMoved()
    {
        int slot = Online();
        Instant first = Due(slot, TimerKey.HelperPresence);
        _people.At(first - TimeSpan.FromSeconds(20), () => _world.Send(slot, new GoOnline(Operation("on2"), Here, null)));
        _world.RunUntil(first + TimeSpan.FromSeconds(5), _people);
        Assert.DoesNotContain(_people.Events, entry => entry.Event is HelperWentStale);
        Instant second = Due(slot, TimerKey.HelperPresence);
        Assert.True(second > first);

        _world.RunUntil(second + TimeSpan.FromMinutes(10), _people);
        Assert.Single(_people.Events, entry => entry.Event is HelperWentStale && entry.At > second);
    }

    [Fact]
    public void RunUntil_PassesOverATimerThatWasCleared()
    {
        int slot = Online();
        Instant due = Due(slot, TimerKey.HelperPresence);
        _world.Send(slot, new GoOffline(Operation("off")));
        _world.RunUntil(due - TimeSpan.FromSeconds(1), _people);
        Assert.False(_world.Grains[slot].Timers.IsSet(TimerKey.HelperPresence));
        long refused = _world.RefusedTurnCount;

        _world.RunUntil(due + TimeSpan.FromMinutes(10), _people);
        Assert.DoesNotContain(_people.Events, entry => entry.Event is HelperWentStale);
        Assert.Equal(refused, _world.RefusedTurnCount);
    }

    [Fact]
    public void RunUntil_WakesThePopulationInTheOrderOfTimeThenOfAsking()
    {
        List<string> woken = [];
        _people.At(Start + TimeSpan.FromSeconds(2), () => woken.Add("late"));
        _people.At(Start + TimeSpan.FromSeconds(1), () => woken.Add("early"));
        _people.At(Start + TimeSpan.FromSeconds(1), () => woken.Add("early too"));
        _world.RunUntil(Start + TimeSpan.FromSeconds(3), _people);

        Assert.Equal(["early", "early too", "late"], woken);
        Assert.Equal(Start + TimeSpan.FromSeconds(3), _world.Now);
    }

    [Fact]
    public void RunUntil_DoesNotTurnTimeBack()
    {
        _world.RunUntil(Start + TimeSpan.FromSeconds(3), _people);
        _world.RunUntil(Start, _people);

        Assert.Equal(Start + TimeSpan.FromSeconds(3), _world.Now);
    }

    [Fact]
    public void TraceHash_IsTheSameForTheSameSeed()
    {
        Assert.Equal(RunScript(5, Here), RunScript(5, Here));
    }

    [Fact]
    public void TraceHash_DiffersForAnotherSeed()
    {
        Assert.NotEqual(RunScript(5, Here), RunScript(6, Here));
    }

    [Fact]
    public void TraceHash_DiffersWhenAPositionDoes()
    {
        Assert.NotEqual(RunScript(5, Here), RunScript(5, LatLng.FromDegrees(Here.Lat, Math.BitIncrement(Here.Lng))));
    }

    [Fact]
    public void Restart_IsRefusedWhenNoRecordsAreKept() => Assert.Throws<InvalidOperationException>(_world.Restart);

    [Fact]
    public void Restart_BringsGrainsBackFromTheirLastDurableTurn()
    {
        World world = MakeWorld(1, keepsRecords: true);
        ScriptedPopulation people = new(world);
        int slot = world.SlotOf(Ada);
        world.Send(slot, new RegisterHelper(Operation("register"), Profile()));
        people.At(Start + TimeSpan.FromSeconds(1), () => world.Send(slot, new GoOnline(Operation("on"), Here, null)));
        world.RunUntil(Start + TimeSpan.FromSeconds(2), people);
        HelperState before = (HelperState)world.Grains[slot];
        world.Restart();
        HelperState after = (HelperState)world.Grains[slot];
        Assert.NotSame(before, after);
        Assert.Equal((before.Version, before.EventCount, true, before.Region), (after.Version, after.EventCount, after.IsOnline, after.Region));
        Assert.Null(after.ToSnapshot()?.Position);
    }

    [Fact]
    public void Restart_LosesWhatIsUnderWayButNoTimer()
    {
        World world = MakeWorld(1, keepsRecords: true);
        ScriptedPopulation people = new(world);
        int slot = world.SlotOf(Ada);
        world.Send(slot, new RegisterHelper(Operation("register"), Profile()));
        people.At(Start + TimeSpan.FromSeconds(1), () => world.Send(slot, new GoOnline(Operation("on"), Here, null)));
        world.RunUntil(Start + TimeSpan.FromSeconds(2), people);
        world.Send(slot, new TakeBreak(Operation("lost")));
        world.Restart();
        world.RunUntil(Start + TimeSpan.FromMinutes(5), people);
        Assert.DoesNotContain("lost", people.Answers.Keys);
        Assert.Equal("helper.stale", people.Events[^1].Event.Type);
    }

    private static string RunScript(ulong seed, LatLng reported)
    {
        World world = MakeWorld(seed);
        ScriptedPopulation people = new(world);
        for (int i = 0; i < 20; i++)
        {
            int slot = world.SlotOf(HelperId.From($"h{i}"));
            world.Send(slot, new RegisterHelper(Operation($"r{i}"), Profile()));
            people.At(Start + TimeSpan.FromSeconds(1), () => world.Send(slot, new GoOnline(Operation($"o{slot}"), Here, null)));
            people.At(Start + TimeSpan.FromSeconds(20), () => world.Send(slot, new PositionReported(world.Now, reported)));
        }

        int request = world.SlotOf(RequestId.From("r"));
        RequestSpec spec = new(CustomerId.From("c"), "router-setup", [], Here, [], null, null, null, null, "web", "");
        people.At(Start + TimeSpan.FromSeconds(30), () => world.Send(request, new SubmitRequest(Operation("s"), spec)));
        world.RunUntil(Start + TimeSpan.FromMinutes(5), people);
        Assert.Contains(people.Events, entry => entry.Event is OfferMoved { Step: OfferStep.Issued });
        return world.TraceHash;
    }

    private static World MakeWorld(ulong seed, bool keepsRecords = false) =>
        new(new DispatchRules(Catalogue.Default, DispatchPolicy.Score, new DistanceTravelTime(), new DispatchOptions()), seed, Start)
        {
            KeepsRecords = keepsRecords,
        };

    private static HelperProfile Profile() => new("Ada", Tier.Friend, [new Skill("router", 3)], [], 8000, 1, null);

    private static OperationId Operation(string name) => OperationId.From(name);

    private int Register()
    {
        int slot = _world.SlotOf(Ada);
        _world.Send(slot, new RegisterHelper(Operation("register"), Profile()));
        _world.RunUntil(Start + TimeSpan.FromSeconds(1), _people);
        return slot;
    }

    private int Online()
    {
        int slot = Register();
        _world.Send(slot, new GoOnline(Operation("on"), Here, null));
        _world.RunUntil(Start + TimeSpan.FromSeconds(2), _people);
        return slot;
    }

    private Instant Due(int slot, TimerKey key)
    {
        Assert.True(_world.Grains[slot].Timers.TryGet(key, out Instant due));
        return due;
    }

    private Instant RunToFirstTurn()
    {
        while (_world.TurnCount == 0)
        {
            _world.RunUntil(_world.Now + TimeSpan.FromMilliseconds(1), _people);
        }

        return _world.Now;
    }
}
