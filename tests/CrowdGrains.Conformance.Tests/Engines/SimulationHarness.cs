using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.Engine;
using CrowdGrains.Testing;

namespace CrowdGrains.Conformance.Tests.Engines;

/// <summary>The simulation: virtual time, latencies of a real network from a seed.</summary>
public sealed class SimulationHarness : IDispatchHarness, IPopulation
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly World _world = new(TestRules.Default, seed: 3, ManualClock.Start) { KeepsRecords = true };
    private readonly Dictionary<OperationId, Answer> _answers = [];
    private readonly List<Happening> _events = [];

    public Instant Now => _world.Now;

    public IReadOnlyList<Happening> Events => _events;

    public Task<Answer> AskAsync(GrainId grain, Command command)
    {
        _answers.Remove(command.Operation);
        _world.Send(_world.SlotOf(grain), command);
        Instant end = Now + Patience;
        Answer? answer;
        while (!_answers.TryGetValue(command.Operation, out answer))
        {
            Assert.True(Now < end, $"Awaited the answer to {command} for {Patience}.");
            _world.RunUntil(Now + Step, this);
        }

        return Task.FromResult(answer);
    }

    public void Report(HelperId helper, LatLng position) => _world.Send(_world.SlotOf(helper), new PositionReported(Now, position));

    public Task PassAsync(TimeSpan span)
    {
        _world.RunUntil(Now + span, this);
        return Task.CompletedTask;
    }

    public Task<HelperSnapshot?> FindHelperAsync(HelperId helper) => Task.FromResult(((HelperState)_world.Grains[_world.SlotOf(helper)]).ToSnapshot());

    public Task<RequestSnapshot?> FindRequestAsync(RequestId request) =>
        Task.FromResult(((RequestState)_world.Grains[_world.SlotOf(request)]).ToSnapshot());

    public Task RestartAsync()
    {
        _world.Restart();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    void IPopulation.Wake(int who, int what)
    {
    }

    void IPopulation.Happened(GrainId grain, long sequence, GrainEvent happened) => _events.Add(new Happening(grain, sequence, Now, happened));

    void IPopulation.Answered(OperationId operation, Answer answer) => _answers[operation] = answer;
}
