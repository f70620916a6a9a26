using CrowdGrains.Client;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Server.Demo;

namespace CrowdGrains.Server.Tests.Demo;

public sealed class PositionFeedTests
{
    private static readonly Instant Time = new(1_768_464_000_000); // 2026-01-15T08:00:00Z

    [Fact]
    public async Task Flush_SendsWhatWaitsAndOneStreamAtATime()
    {
        TaskCompletionSource answer = new();
        RecordingHandler handler = new() { Gate = answer.Task };
        using CrowdGrainsClient client = handler.Connect();
        using DemoLog log = new(null);
        DemoFigures figures = new();
        PositionFeed feed = new(client, figures, log.CreateLogger("Demo"));
        feed.Flush(TestContext.Current.CancellationToken);
        Add(feed, "h1", "h2");
        feed.Flush(TestContext.Current.CancellationToken);
        Add(feed, "h3");
        feed.Flush(TestContext.Current.CancellationToken);
        answer.SetResult();
        await feed.FinishAsync().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        feed.Flush(TestContext.Current.CancellationToken);
        await feed.FinishAsync().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Equal((3, 0), (figures.Positions, log.Errors));
        Assert.Equal(["POST /v1/positions", "POST /v1/positions"], handler.Sent.Select(sent => sent.Line));
        Assert.Equal(
            [
                """{"helperId":"h1","lat":40.7500000,"lng":-73.9800000,"at":"2026-01-15T08:00:00.000Z"}""",
                """{"helperId":"h2","lat":40.7500000,"lng":-73.9800000,"at":"2026-01-15T08:00:00.000Z"}""",
            ],
            handler.Sent[0].Body.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("h3", handler.Sent[1].Body, StringComparison.Ordinal);
    }

    private static void Add(PositionFeed feed, params string[] helpers)
    {
        foreach (string helper in helpers)
        {
            feed.Add(HelperId.From(helper), Time, LatLng.FromDegrees(40.75, -73.98));
        }
    }
}
