using CrowdGrains.Core.Turns;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.City;

/// <summary>The people of a city in a simulated world.</summary>
internal sealed class WorldStage(World world) : ICityStage
{
    public Instant Now => world.Now;

    public int SlotOf(GrainId grain) => world.SlotOf(grain);

    public void Send(GrainId grain, int slot, Message message) => world.Send(slot, message);

    public void WakeAt(Instant due, int who, int what) => world.WakeAt(due, who, what);
}
