using CrowdGrains.Core.Turns;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.Tests.Engine;

/// <summary>Does what a script says at its times, and keeps what it is told.</summary>
internal sealed class ScriptedPopulation(World world) : IPopulation
{
    private readonly List<Action> _script = [];

    public List<(Instant At, GrainId Grain, long Sequence, GrainEvent Event)> Events { get; } = [];

    public Dictionary<string, Answer> Answers { get; } = [];

    /// <summary>What was answered, in order; with the times.</summary>
    public List<string> Operations { get; } = [];

    public List<Instant> AnswerTimes { get; } = [];

    public void At(Instant due, Action action)
    {
        world.WakeAt(due, _script.Count, 7);
        _script.Add(action);
    }

    public void Wake(int who, int what)
    {
        Assert.Equal(7, what);
        _script[who]();
    }

    public void Happened(GrainId grain, long sequence, GrainEvent happened) => Events.Add((world.Now, grain, sequence, happened));

    public void Answered(OperationId operation, Answer answer)
    {
        Answers[operation.Value] = answer;
        Operations.Add(operation.Value);
        AnswerTimes.Add(world.Now);
    }
}
