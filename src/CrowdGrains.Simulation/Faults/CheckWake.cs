namespace CrowdGrains.Simulation.Faults;

/// <summary>What is due in a run besides what the people of the city wake up for.</summary>
internal enum CheckWake
{
    TryAgain = 1000,
    Mischief,
    Override,
}
