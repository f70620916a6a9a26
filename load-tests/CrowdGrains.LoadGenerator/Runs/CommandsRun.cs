using System.Diagnostics;
using CrowdGrains.Client;
using CrowdGrains.Client.Contract;
using CrowdGrains.LoadGenerator.Clocks;
using CrowdGrains.LoadGenerator.Scenarios;

namespace CrowdGrains.LoadGenerator.Runs;

/// <summary>The calls a saturating run can be made of.</summary>
internal enum CommandKind
{
    /// <summary><c>PUT /v1/helpers/{id}/position</c>.</summary>
    Position,

    /// <summary><c>GET /v1/helpers/{id}</c>.</summary>
    Get,

    /// <summary><c>POST /v1/requests</c>.</summary>
    Submit,
}

/// <summary>As many single calls as are answered, over connections that stay open: each sends the next when the last was answered.</summary>
internal sealed class CommandsRun(Load load, CommandKind kind, string run) : IRun
{
    private long _done;
    private int _submitted;

    public string Rung => "HTTP, single commands, saturating";

    public string Unit => "requests/s";

    public double? OfferedRate => null;

    public string Describe() => $"{Volatile.Read(ref _done)} answered, {load.Tally.ErrorCount} errors";

    public async Task<(double Rate, double Seconds)> RunAsync(CancellationToken cancellation)
    {
        long began = Agenda.Now;
        long end = Agenda.After(began, load.Duration);
        await Task.WhenAll(Enumerable.Range(0, load.Connections).Select(connection => Task.Run(() => WorkAsync(connection, end, cancellation), cancellation))).ConfigureAwait(false);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return (_done / seconds, seconds);
    }

    private async Task WorkAsync(int connection, long end, CancellationToken cancellation)
    {
        Random random = new(load.Scenario.Seed + connection);
        while (Agenda.Now < end && !cancellation.IsCancellationRequested)
        {
            int helper = random.Next(load.Scenario.Crowd.Count);
            long began = Agenda.Now;
            bool isDone = kind switch
            {
                CommandKind.Position => await load.TryAsync("PUT position", began, () => ReportAsync(helper, random, cancellation)).ConfigureAwait(false),
                CommandKind.Get => await load.TryAsync(
                    "GET helper", began, () => load.Client.Helpers.GetAsync(load.People.HelperId(helper), cancellation)).ConfigureAwait(false),
                _ => await load.TryAsync("POST requests", began, () => SubmitAsync(cancellation)).ConfigureAwait(false),
            };
            if (isDone)
            {
                Interlocked.Increment(ref _done);
            }
            else
            {
                // A server that refuses at once must not be asked as fast as it can refuse.
                await Task.Delay(10, cancellation).ConfigureAwait(false);
            }
        }
    }

    private Task ReportAsync(int helper, Random random, CancellationToken cancellation)
    {
        Position place = CityMap.Move(load.People.HomeOf(helper), 100, random);
        return load.Client.Helpers.ReportPositionAsync(load.People.HelperId(helper), new PositionUpdate { Lat = place.Lat, Lng = place.Lng }, cancellation);
    }

    private Task<Versioned<Request>> SubmitAsync(CancellationToken cancellation) =>
        load.Client.Requests.SubmitAsync(load.People.Request(run, Interlocked.Increment(ref _submitted)), cancellation: cancellation);
}
