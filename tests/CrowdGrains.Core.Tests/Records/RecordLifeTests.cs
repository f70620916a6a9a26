using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Records;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Records;

/// <summary>
/// Two grains take the same turns, and one of them is written and read again after each durable one: nobody can tell which.
/// </summary>
public sealed class RecordLifeTests(ITestOutputHelper log)
{
    private const int Steps = 800;
    private const int StepsOfALife = 200;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Helper_GoesOnAsIfItHadNeverLeft(int seed) =>
        Live(() => new HelperState(Ids.Anna), new RandomLives(seed), (life, helper, last, now) => life.Next(helper, last, now));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Request_GoesOnAsIfItHadNeverLeft(int seed) =>
        Live(() => new RequestState(Ids.Request(1)), new RandomLives(seed), (life, request, last, now) => life.Next(request, last, now));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Helper_BreaksNothingWhenItWakesUpWithoutItsSoftPart(int seed) =>
        Wake(new HelperState(Ids.Anna), new RandomLives(seed), (life, helper, last, now) => life.Next(helper, last, now));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Request_BreaksNothingWhenItWakesUpWithoutItsSoftPart(int seed) =>
        Wake(new RequestState(Ids.Request(1)), new RandomLives(seed), (life, request, last, now) => life.Next(request, last, now));

    private void Live<TState>(Func<TState> born, RandomLives life, Func<RandomLives, TState, TurnResult?, Instant, Message> next)
        where TState : GrainState
    {
        TurnRunner runner = new(TestRules.Default);
        ManualClock clock = new();
        (TState stays, TState moves) = (born(), born());
        TurnResult? last = null;
        int durable = 0;
        for (int i = 0; i < Steps; i++)
        {
            if (i % StepsOfALife == 0)
            {
                Assert.Equal(RecordCopy.Durable(stays), RecordCopy.Durable(moves));
                (stays, moves, last) = (born(), born(), null);
            }

            clock.Advance(life.Pause());
            Message message = next(life, stays, last, clock.Now);
            long events = stays.EventCount;
            last = new TurnResult(stays.Id, runner.Run(stays, message, clock.Now), events);
            string other = new TurnResult(moves.Id, runner.Run(moves, message, clock.Now), events).Describe();
            if (last.Describe() != other)
            {
                Assert.Fail($"Turn {i} differs for {message}.\n{last.Describe()}\nAfter reading:\n{other}");
            }

            if (last.Outcome == TurnOutcome.Durable)
            {
                durable++;
                moves = RecordCopy.WithSoftPart(moves);
            }
        }

        Assert.Equal(RecordCopy.Durable(stays), RecordCopy.Durable(moves));
        log.WriteLine($"{durable} durable turns; a record of {RecordCopy.Bytes(stays).Length} bytes at the end.");
        Assert.True(durable >= 10, $"{durable} durable turns");
    }

    private static void Wake<TState>(TState state, RandomLives life, Func<RandomLives, TState, TurnResult?, Instant, Message> next)
        where TState : GrainState
    {
        TurnRunner runner = new(TestRules.Default);
        ManualClock clock = new();
        TurnResult? last = null;
        byte[] stored = [];
        for (int i = 0; i < Steps; i++)
        {
            clock.Advance(life.Pause());
            long events = state.EventCount;
            last = new TurnResult(state.Id, runner.Run(state, next(life, state, last, clock.Now), clock.Now), events);
            stored = last.Outcome == TurnOutcome.Durable ? RecordCopy.Bytes(state) : stored;
            if (i % 5 == 4 && stored.Length > 0)
            {
                state = (TState)GrainRecord.Read(state.Id, state.Version, stored);
            }
        }
    }
}
