using CrowdGrains.Core.Turns;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.Tests.Engine;

/// <summary>Does what a script says at its times, and keeps what it is told.</summary>
internal sealed class ScriptedPopulation(World world) : IPopulation
{
    private readonly List<Action> _script = [];

    public List<(Instant At, GrainId Grain, long Sequence, GrainEvent Event)> Events { get; } = [];

    public Dictionary<string, Answer> Answers { get; } = [];

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
        Answers.Add(operation.Value, answer);
        AnswerTimes.Add(world.Now);
    }
}
