using CrowdGrains.Client;
using CrowdGrains.LoadGenerator.Measures;
using CrowdGrains.LoadGenerator.Scenarios;

namespace CrowdGrains.LoadGenerator.Runs;

/// <summary>What every run has: the server, the city, the time and the measures.</summary>
internal sealed record Load(CrowdGrainsClient Client, Scenario Scenario, TimeSpan Duration, int Connections)
{
    public People People { get; } = new(Scenario);

    public Latencies Latencies { get; } = new();

    public Tally Tally { get; } = new();

    /// <summary>Does one call, measures it, and counts its failure under its name.</summary>
    /// <param name="intended">When it was meant to be done.</param>
    /// <returns>Whether it was answered well.</returns>
    public async Task<bool> TryAsync(string name, long intended, Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
            Latencies.RecordSince(name, intended);
            return true;
        }
        catch (Exception fault) when (fault is CrowdGrainsException or OperationCanceledException)
        {
            if (fault is CrowdGrainsException)
            {
                Tally.Fail(name, fault);
            }

            return false;
        }
    }
}
