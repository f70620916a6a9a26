using CrowdGrains.Core.Turns;

namespace CrowdGrains.Simulation.Engine;

/// <summary>Who lives in a simulated world: devices and people outside the grains, who send commands and react to what happens.</summary>
public interface IPopulation
{
    /// <summary>A wake-up that was asked for is due.</summary>
    /// <param name="who">The number of the one who asked.</param>
    /// <param name="what">What it was for.</param>
    void Wake(int who, int what);

    /// <summary>An event was logged, at this virtual time.</summary>
    void Happened(GrainId grain, long sequence, GrainEvent happened);

    /// <summary>A command was answered.</summary>
    void Answered(OperationId operation, Answer answer);
}
