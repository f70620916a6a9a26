using CrowdGrains.Api.Telemetry;
using CrowdGrains.Api.Tests.Events;
using CrowdGrains.Api.Tests.Webhooks;
using CrowdGrains.Testing;
using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Api.Tests.Telemetry;

public sealed class WebhookInstrumentTests
{
    [Fact]
    public async Task Attempts_AreCountedByResult()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync();
        using Measured measured = new(stage.Server.Service<ApiInstruments>().Meter);
        string id = (await stage.RegisterAsync()).Text("id");
        stage.Server.Log.Emit(Happenings.Submitted("r1"));
        await stage.FirstDeliveryAsync(id, "delivered", attempts: 1);

        Assert.Equal(1, measured.Value("crowdgrains.webhook.attempts", "result=delivered"));

        stage.Receiver.AnswerWith(StatusCodes.Status410Gone);
        stage.Server.Log.Emit(Happenings.Submitted("r2"));
        await stage.DisabledAsync(id);

        Assert.Equal(1, measured.Value("crowdgrains.webhook.attempts", "result=failed"));
        Assert.Equal(1, measured.Value("crowdgrains.webhook.given_up"));
    }

    [Fact]
    public async Task Pending_IsWhatIsStillToBeSent()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync();
        using Measured measured = new(stage.Server.Service<ApiInstruments>().Meter);
        stage.Receiver.AnswerWith(StatusCodes.Status500InternalServerError);
        string id = (await stage.RegisterAsync()).Text("id");
        stage.Server.Log.Emit(Happenings.Submitted("r1"));
        await stage.FirstDeliveryAsync(id, "pending", attempts: 1);

        stage.Server.Clock.Advance(WebhookStage.Options.TidyInterval);

        Assert.True(SpinWait.SpinUntil(() => measured.Value("crowdgrains.webhook.pending") == 1, TimeSpan.FromSeconds(20)), "Awaited one delivery to be counted as pending.");
    }
}
