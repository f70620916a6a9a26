using System.Diagnostics;
using CrowdGrains.Client;
using CrowdGrains.Client.Contract;
using CrowdGrains.LoadGenerator.Clocks;

namespace CrowdGrains.LoadGenerator.Runs;

/// <summary>As many positions as are taken, over a few streams: each helper reports in turn.</summary>
internal sealed class PositionsRun(Load load) : IRun
{
    private const int ChunkBytes = 64 * 1024;

    private long _sent;

    public string Rung => "HTTP, NDJSON positions, saturating";

    public string Unit => "lines/s";

    public double? OfferedRate => null;

    public string Describe() => $"{Volatile.Read(ref _sent)} lines sent, {load.Tally.ErrorCount} errors";

    public async Task<(double Rate, double Seconds)> RunAsync(CancellationToken cancellation)
    {
        Fleet fleet = new(load.People, load.Scenario.Crowd.Count);
        long began = Agenda.Now;
        await Task.WhenAll(Enumerable.Range(0, load.Connections).Select(stream => Task.Run(() => SendAsync(fleet, stream, began, cancellation), cancellation))).ConfigureAwait(false);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        load.Tally.Count("lines sent", _sent);
        return (load.Tally.Of("lines accepted") / seconds, seconds);
    }

    private async Task SendAsync(Fleet fleet, int stream, long began, CancellationToken cancellation)
    {
        Random random = new(load.Scenario.Seed + stream);
        long end = Agenda.After(began, load.Duration);
        int helper = stream % fleet.Count;
        try
        {
            PositionsResult result = await load.Client.Positions.SendAsync(
                (writer, _) =>
                {
                    DateTimeOffset now = DateTimeOffset.UtcNow;
                    int lines = 0;
                    for (; writer.Length < ChunkBytes; lines++)
                    {
                        fleet.Write(writer, helper, now, random);
                        helper = (helper + load.Connections) % fleet.Count;
                    }

                    Interlocked.Add(ref _sent, lines);
                    return ValueTask.FromResult(Agenda.Now < end);
                },
                cancellation).ConfigureAwait(false);
            load.Tally.Count("lines accepted", result.Accepted);
            foreach (IGrouping<string, LineError> errors in result.Errors.GroupBy(error => error.Code, StringComparer.Ordinal))
            {
                load.Tally.Count($"first errors of a stream: {errors.Key}", errors.Count());
            }

            if (result.Rejected > 0)
            {
                load.Tally.Count("lines rejected", result.Rejected);
                load.Tally.Fail("lines rejected", isExpected: false);
            }
        }
        catch (CrowdGrainsException fault)
        {
            load.Tally.Fail("POST positions", fault);
        }
    }
}
