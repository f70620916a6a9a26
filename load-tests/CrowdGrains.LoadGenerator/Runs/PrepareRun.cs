using System.Diagnostics;
using CrowdGrains.Client;
using CrowdGrains.Client.Contract;
using CrowdGrains.LoadGenerator.Clocks;

namespace CrowdGrains.LoadGenerator.Runs;

/// <summary>Makes the helpers of a scenario, or brings those that are there already back online.</summary>
internal sealed class PrepareRun(Load load) : IRun
{
    private const string Create = "POST helpers";
    private const string Online = "POST helpers:online";
    private int _done;

    public string Rung => "HTTP";

    public string Unit => "helpers/s";

    public double? OfferedRate => null;

    public string Describe() => $"{Volatile.Read(ref _done)} of {load.Scenario.Crowd.Count} helpers, {load.Tally.ErrorCount} errors";

    public async Task<(double Rate, double Seconds)> RunAsync(CancellationToken cancellation)
    {
        long began = Agenda.Now;
        ParallelOptions options = new() { MaxDegreeOfParallelism = load.Connections, CancellationToken = cancellation };
        await Parallel.ForAsync(0, load.Scenario.Crowd.Count, options, async (number, token) => await PrepareAsync(number, token).ConfigureAwait(false)).ConfigureAwait(false);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return (_done / seconds, seconds);
    }

    private async Task PrepareAsync(int number, CancellationToken cancellation)
    {
        HelperRegistration helper = load.People.Helper(number);
        long began = Agenda.Now;
        bool isThere = false;
        bool isReady = await load.TryAsync(Create, began, async () =>
        {
            try
            {
                await load.Client.Helpers.CreateAsync(helper, cancellation: cancellation).ConfigureAwait(false);
            }
            catch (CrowdGrainsException fault) when (fault.Code == "already-exists")
            {
                isThere = true;
            }
        }).ConfigureAwait(false);
        if (isThere)
        {
            GoOnline shift = new() { Position = helper.Position };
            isReady = await load.TryAsync(
                Online, Agenda.Now, () => load.Client.Helpers.GoOnlineAsync(load.People.HelperId(number), shift, cancellation: cancellation)).ConfigureAwait(false);
        }

        if (isReady)
        {
            Interlocked.Increment(ref _done);
        }
    }
}
