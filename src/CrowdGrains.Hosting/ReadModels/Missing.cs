using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>What events speak of and is not in memory: to be loaded before they are taken in.</summary>
internal sealed class Missing
{
    public HashSet<RequestId> Requests { get; } = [];

    public HashSet<HelperId> Helpers { get; } = [];

    public bool IsEmpty => Requests.Count + Helpers.Count == 0;

    public void Clear()
    {
        Requests.Clear();
        Helpers.Clear();
    }
}
