using CrowdGrains.Client.Contract;
using CrowdGrains.LoadGenerator.Clocks;

namespace CrowdGrains.LoadGenerator.Runs;

/// <summary>The helpers' devices: each says where it is once in an interval, spread over it, as streams of a few lines.</summary>
internal sealed class Reporter(Load load)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public async Task RunAsync(CancellationToken cancellation)
    {
        Fleet fleet = new(load.People, load.Scenario.Crowd.Count);
        Random random = new(load.Scenario.Seed);
        double each = fleet.Count * Pause.TotalSeconds / load.Scenario.Crowd.ReportSeconds;
        double due = 0;
        int helper = 0;
        using PeriodicTimer timer = new(Pause);
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
        {
            due += each;
            int lines = (int)due;
            due -= lines;
            if (lines > 0)
            {
                await SendAsync(lines).ConfigureAwait(false);
            }
        }

        Task SendAsync(int lines) => load.TryAsync("report answered", Agenda.Now, async () =>
        {
            PositionsResult result = await load.Client.Positions.SendAsync(
                (writer, _) =>
                {
                    DateTimeOffset now = DateTimeOffset.UtcNow;
                    for (int i = 0; i < lines; i++)
                    {
                        fleet.Write(writer, helper, now, random);
                        helper = (helper + 1) % fleet.Count;
                    }

                    return ValueTask.FromResult(false);
                },
                cancellation).ConfigureAwait(false);
            load.Tally.Count("positions accepted", result.Accepted);
            if (result.Rejected > 0)
            {
                load.Tally.Fail($"positions rejected: {(result.Errors is [LineError first, ..] ? first.Code : "")}", isExpected: false);
            }
        });
    }
}
