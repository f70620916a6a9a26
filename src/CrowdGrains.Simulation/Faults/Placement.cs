using CrowdGrains.Core.Turns;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.Faults;

/// <summary>Which process a message for a grain goes to. Nobody keeps a list: when a process is down its grains wake up on the next, and may then live twice.</summary>
internal sealed class Placement(IReadOnlyList<Process> processes, FaultyNetwork network)
{
    /// <summary>Mostly the grain's home; now and then some other process.</summary>
    public Process Route(GrainId grain) => network.GoesAstray() ? processes[network.Choose(processes.Count)] : HomeOf(grain);

    /// <summary>The process a grain belongs to, or the next that is up.</summary>
    public Process HomeOf(GrainId grain)
    {
        int home = (int)(Hash(grain) % (ulong)processes.Count);
        for (int i = 0; i < processes.Count; i++)
        {
            Process process = processes[(home + i) % processes.Count];
            if (process.IsUp)
            {
                return process;
            }
        }

        return processes[home];
    }

    /// <summary>The same in every run, as a seed must give one history.</summary>
    private static ulong Hash(GrainId grain)
    {
        TraceHash hash = default;
        if (grain.Kind == GrainKind.Cell)
        {
            hash.Add(grain.Cell.Value);
        }
        else
        {
            hash.Add(grain.Name);
        }

        return hash.Value >> 8;
    }
}
