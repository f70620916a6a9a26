using CrowdGrains.Core.Turns;

namespace CrowdGrains.Embedded.Calls;

/// <summary>Reads nothing: runs when everything before it is durable, or is lost.</summary>
internal sealed class ReloadCall(Action reload, Action lost) : ReadCall
{
    public override bool IsDone => false;

    public override void Read(GrainState grain)
    {
    }

    public override void Complete() => reload();

    public override void Fail(Exception reason) => lost();
}
