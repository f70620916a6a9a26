using CrowdGrains.Core.Turns;

namespace CrowdGrains.Simulation.Faults;

/// <summary>Who hears what a platform does: what is durable, what clients are told, and whose time has come.</summary>
internal interface IPlatformAudience
{
    /// <summary>An event is durable. Those of one write come together, before anything that rests on them leaves.</summary>
    void Logged(in LoggedFact fact);

    /// <summary>A record is durable; its events were told just before.</summary>
    void Stored(GrainId grain, long version, byte[] record);

    /// <summary>An answer has reached its client. Answers may overtake one another: <paramref name="given"/> says when it left its grain.</summary>
    void Answered(OperationId operation, Answer answer, Instant given);

    /// <summary>A wake-up that was asked for is due.</summary>
    void Wake(int who, int what);

    /// <summary>A turn broke an invariant.</summary>
    void Broken(GrainId grain, InvariantViolationException violation);
}
