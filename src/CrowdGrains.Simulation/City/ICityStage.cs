using CrowdGrains.Core.Turns;

namespace CrowdGrains.Simulation.City;

/// <summary>
/// Where the people of a city act: a simulated world, or a server that is used over its network. People send and ask to be woken here,
/// and are told what happens through <see cref="CityPeople"/>.
/// </summary>
public interface ICityStage
{
    /// <summary>What people's clocks show.</summary>
    Instant Now { get; }

    /// <summary>The number under which the stage knows a helper or request; it is named again with each message. Zero where a stage needs none.</summary>
    int SlotOf(GrainId grain);

    /// <summary>A device or client sends a message. The answer is not waited for: what counts comes as an event. Those to one grain keep their order.</summary>
    /// <param name="slot">What <see cref="SlotOf"/> gave.</param>
    void Send(GrainId grain, int slot, Message message);

    /// <summary>Asks for <see cref="CityPeople.Wake"/> with these numbers. Those of one instant come in the order in which they were asked for.</summary>
    void WakeAt(Instant due, int who, int what);
}
