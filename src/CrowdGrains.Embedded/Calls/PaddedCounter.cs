using System.Runtime.InteropServices;

namespace CrowdGrains.Embedded.Calls;

/// <summary>A counter on a cache line of its own: the two ends of a queue must not disturb each other.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct PaddedCounter
{
    [FieldOffset(64)]
    public long Value;
}
