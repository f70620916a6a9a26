using CrowdGrains.Core.Requests;

namespace CrowdGrains.Core.Matching;

/// <summary>A request that waits and that a helper could take. Ordered best first: by priority, then by arrival, then by id.</summary>
/// <param name="Priority">The place in the waiting line by the policy; more goes first.</param>
public readonly record struct WaitingRequest(RequestId Request, long Priority, int EtaSeconds) : IComparable<WaitingRequest>
{
    public int CompareTo(WaitingRequest other)
    {
        int byPriority = other.Priority.CompareTo(Priority);
        if (byPriority != 0)
        {
            return byPriority;
        }

        int byEta = EtaSeconds.CompareTo(other.EtaSeconds);
        return byEta != 0 ? byEta : Request.CompareTo(other.Request);
    }

    public static bool operator <(WaitingRequest left, WaitingRequest right) => left.CompareTo(right) < 0;

    public static bool operator >(WaitingRequest left, WaitingRequest right) => left.CompareTo(right) > 0;

    public static bool operator <=(WaitingRequest left, WaitingRequest right) => left.CompareTo(right) <= 0;

    public static bool operator >=(WaitingRequest left, WaitingRequest right) => left.CompareTo(right) >= 0;
}
