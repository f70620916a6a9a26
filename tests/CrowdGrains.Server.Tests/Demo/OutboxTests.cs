using CrowdGrains.Client;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Server.Demo;

namespace CrowdGrains.Server.Tests.Demo;

public sealed class OutboxTests
{
    private static readonly OperationId Operation = OperationId.From("op1");

    [Fact]
    public async Task Post_KeepsTheOrderOfCallsToOneGrain()
    {
        RecordingHandler handler = new();
        DemoFigures figures = await Send(handler, outbox =>
        {
            for (int i = 0; i < 50; i++)
            {
                foreach (string request in (string[])["r1", "r2", "r3"])
                {
                    outbox.Post(RequestId.From(request), new CancelRequest(Operation, $"{i}"));
                }
            }
        });

        Assert.Equal(150, figures.Calls);
        Assert.All(handler.Sent.GroupBy(sent => sent.Line), calls => Assert.Equal(
            Enumerable.Range(0, 50).Select(i => $$"""{"reason":"{{i}}"}"""), calls.Select(call => call.Body)));
    }

    [Fact]
    public async Task Post_CountsARaceAndDoesNotMindIt()
    {
        using DemoLog log = new(null);
        DemoFigures figures = await Send(new RecordingHandler("offer-expired"), Accept, log);

        Assert.Equal((0, 0), (figures.Errors, log.Errors));
        Assert.Equal([new KeyValuePair<string, int>("offer-expired", 1)], figures.Refusals);
    }

    [Fact]
    public async Task Post_LogsAnyOtherRefusalAsAnError()
    {
        using DemoLog log = new(null);
        DemoFigures figures = await Send(new RecordingHandler("invalid"), Accept, log);

        Assert.Equal((1, 1), (figures.Errors, log.Errors));
        Assert.Contains("Helper/h1: AcceptOffer was refused: 409 invalid", Assert.Single(log.Last), StringComparison.Ordinal);
    }

    /// <summary>The city runs ahead while the server holds the first call up.</summary>
    [Fact]
    public async Task Post_DoesNotSendAnAnswerWhoseOfferIsOver()
    {
        ManualTime real = new();
        RecordingHandler handler = new("offer-expired");
        using DemoLog log = new(null);
        DemoFigures figures = new();
        using CrowdGrainsClient client = handler.Connect();
        TaskCompletionSource held = new();
        handler.Gate = held.Task;
        await using (Outbox outbox = new(client, figures, new AcceleratedClock(real, DateTimeOffset.UnixEpoch, 60), log.CreateLogger("Demo")))
        {
            outbox.Post(HelperId.From("h1"), new GoOffline(Operation));
            outbox.Post(HelperId.From("h1"), new AcceptOffer(Operation, OfferId.From("off_1")));
            outbox.Post(HelperId.From("h1"), new GoOffline(Operation));
            real.Advance(TimeSpan.FromSeconds(1));
            held.SetResult();
        }

        Assert.Equal(["POST /v1/helpers/h1:offline", "POST /v1/helpers/h1:offline"], handler.Sent.Select(sent => sent.Line));
        Assert.Equal((0, 0), (figures.Waiting, figures.Errors));
        Assert.Contains(new KeyValuePair<string, int>("not-sent-in-time", 1), figures.Refusals);
    }

    private static void Accept(Outbox outbox) => outbox.Post(HelperId.From("h1"), new AcceptOffer(Operation, OfferId.From("off_1")));

    private static async Task<DemoFigures> Send(RecordingHandler handler, Action<Outbox> post, DemoLog? log = null)
    {
        using DemoLog lines = new(null);
        DemoFigures figures = new();
        using CrowdGrainsClient client = handler.Connect();
        await using (Outbox outbox = new(client, figures, new AcceleratedClock(TimeProvider.System, DateTimeOffset.UnixEpoch, 1), (log ?? lines).CreateLogger("Demo")))
        {
            post(outbox);
        }

        return figures;
    }
}
