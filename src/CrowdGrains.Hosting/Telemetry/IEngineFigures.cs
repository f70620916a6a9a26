using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Hosting.Telemetry;

/// <summary>What an engine counts anyway, read when somebody collects it: by any thread, and of nearly the same moment.</summary>
public interface IEngineFigures
{
    EngineHealth Health { get; }

    /// <summary>All turns since the start; the durable and the refused are among them.</summary>
    long Turns { get; }

    long DurableTurns { get; }

    long RefusedTurns(Refusal reason);

    /// <summary>How many grains of a kind are in memory.</summary>
    int Activations(GrainKind kind);

    /// <summary>The queues by name, and how much waits in each.</summary>
    IEnumerable<(string Queue, long Waiting)> Queues { get; }

    /// <summary>How long the oldest event has waited to be numbered; null where events are numbered as they are written, and while it is not known.</summary>
    TimeSpan? RelayLag { get; }
}
