using CrowdGrains.Api.Tests.Events;
using CrowdGrains.Testing;
using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Api.Tests.Webhooks;

public sealed class WebhookDeliveryTests
{
    [Fact]
    public async Task Event_IsPostedAndSigned()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync();
        HttpAnswer webhook = await stage.RegisterAsync();

        stage.Server.Log.Emit(Happenings.Submitted("r1"));

        Received received = await stage.Receiver.NextAsync("the event");
        Assert.Equal("evt_1", received.Id);
        Assert.Equal($"{ManualClock.Start.UnixMilliseconds / 1000}", received.Timestamp);
        Assert.Equal("application/cloudevents+json; charset=utf-8", received.ContentType);
        Assert.Equal("request.submitted", received.Type);
        Assert.True(WebhookStage.IsSignedBy(received, webhook.Text("secret")));
        Assert.False(WebhookStage.IsSignedBy(received with { Body = received.Body + " " }, webhook.Text("secret")));
        await stage.FirstDeliveryAsync(webhook.Text("id"), "delivered", attempts: 1);
    }

    [Fact]
    public async Task Events_ComeInTheirOrderAndOnce()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync();
        HttpAnswer webhook = await stage.RegisterAsync();

        for (int i = 0; i < 30; i++)
        {
            stage.Server.Log.Emit(Happenings.Many(4));
        }

        for (int sequence = 1; sequence <= 120; sequence++)
        {
            Assert.Equal($"{sequence}", (await stage.Receiver.NextAsync("the next event")).EventId);
        }

        await stage.DeliveriesAsync(
            webhook.Text("id"), rows => rows.All(row => row.GetProperty("status").GetString() == "delivered"), "all to be delivered");
        Assert.False(stage.Receiver.HasMore);
    }

    [Fact]
    public async Task Event_BeforeTheWebhookIsNotSent()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync();
        stage.Server.Log.Emit(Happenings.Many(3));
        await stage.RegisterAsync();

        stage.Server.Log.Emit(Happenings.Many(1));

        Assert.Equal("4", (await stage.Receiver.NextAsync("the event")).EventId);
    }

    [Fact]
    public async Task Event_OfAnotherTypeIsNotSent()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync();
        await stage.RegisterAsync("""["request.*"]""");

        stage.Server.Log.Emit(Happenings.Stale("h1"), Happenings.Submitted("r1"));

        Assert.Equal("2", (await stage.Receiver.NextAsync("the event")).EventId);
    }

    [Fact]
    public async Task Partner_IsSentItsOwnOnly()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync();
        (_, string key) = await stage.Server.MakeKeyAsync("partner:p1");
        await stage.RegisterAsync(key: key);

        stage.Server.Log.Emit(
            Happenings.Registered("h2", "p2"), Happenings.Submitted("r1", "p1"), Happenings.Stale("h2"), Happenings.Submitted("r2"), Happenings.Searching("r1"));

        Assert.Equal("2", (await stage.Receiver.NextAsync("its request")).EventId);
        Assert.Equal("5", (await stage.Receiver.NextAsync("its request's search")).EventId);
        Assert.False(stage.Receiver.HasMore);
    }

    [Fact]
    public async Task Failure_IsRetriedWithTheSameIdAndDoesNotHoldUpTheNext()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync();
        stage.Receiver.Answer = (http, received) =>
        {
            http.Response.StatusCode = received.EventId == "1" ? 500 : 204;
            return http.Response.WriteAsync(received.EventId == "1" ? "no\nroom" : "", http.RequestAborted);
        };
        string webhook = (await stage.RegisterAsync()).Text("id");
        stage.Server.Log.Emit(Happenings.Many(2));
        Received first = await stage.Receiver.NextAsync("the first event");
        Assert.Equal("2", (await stage.Receiver.NextAsync("the second event")).EventId);
        HttpAnswer log = await stage.FirstDeliveryAsync(webhook, "pending", attempts: 1);
        System.Text.Json.JsonElement delivery = log.Json.GetProperty("data")[1];
        Assert.Equal(500, delivery.GetProperty("responseStatus").GetInt32());
        Assert.Equal("HTTP 500", delivery.GetProperty("error").GetString());
        Assert.Equal(stage.Server.Clock.GetUtcNow().AddSeconds(5), delivery.GetProperty("nextAttemptAt").GetDateTimeOffset());

        stage.Receiver.AnswerWith(200);
        stage.Server.Clock.Advance(TimeSpan.FromSeconds(5));

        Received again = await stage.Receiver.NextAsync("the retry");
        Assert.Equal((first.Id, first.Body), (again.Id, again.Body));
        Assert.NotEqual(first.Timestamp, again.Timestamp);
        await stage.FirstDeliveryAsync(webhook, "delivered", attempts: 2);
    }

    [Fact]
    public async Task Gone_DisablesAtOnceAndTellsTheOthers()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync();
        await using Receiver other = await Receiver.StartAsync();
        (_, string partner) = await stage.Server.MakeKeyAsync("partner:p1");
        string gone = (await stage.RegisterAsync("""["request.*"]""", partner)).Text("id");
        HttpAnswer watcher = await stage.RegisterAsync("""["webhook.disabled"]""", url: other.Url);
        stage.Receiver.AnswerWith(410);

        stage.Server.Log.Emit(Happenings.Submitted("r1", "p1"), Happenings.Submitted("r2", "p1"));

        Assert.Equal("The receiver answered 410 Gone.", (await stage.DisabledAsync(gone)).Text("disabledReason"));
        Received notice = await other.NextAsync("the event that says so");
        Assert.Equal("webhook.disabled", notice.Type);
        System.Text.Json.JsonElement data = System.Text.Json.JsonDocument.Parse(notice.Body).RootElement.GetProperty("data");
        Assert.Equal(
            [("webhook", gone), ("owner", "partner:p1"), ("reason", "gone")],
            data.EnumerateObject().Select(field => (field.Name, field.Value.GetString() ?? "")));
        Assert.True(WebhookStage.IsSignedBy(notice, watcher.Text("secret")));
        await stage.DeliveriesAsync(gone, rows => rows.All(row => row.GetProperty("status").GetString() == "failed"), "what was pending to end");
    }

    [Fact]
    public async Task LastRetry_DisablesWhenItFails()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync(
            WebhookStage.Options with { Retries = [TimeSpan.FromSeconds(5), TimeSpan.FromHours(1)] });
        string webhook = (await stage.RegisterAsync()).Text("id");
        stage.Receiver.Answer = (http, received) =>
        {
            http.Response.StatusCode = 500;
            return http.Response.WriteAsync(received.Body, http.RequestAborted);
        };
        stage.Server.Log.Emit(Happenings.Submitted("r1"));
        await stage.FirstDeliveryAsync(webhook, "pending", attempts: 1);
        stage.Server.Clock.Advance(TimeSpan.FromSeconds(5));
        await stage.FirstDeliveryAsync(webhook, "pending", attempts: 2);

        stage.Server.Clock.Advance(TimeSpan.FromHours(1));

        // Nothing that the receiver sent back is kept: it may be what is to be erased one day.
        HttpAnswer log = await stage.FirstDeliveryAsync(webhook, "failed", attempts: 3);
        Assert.Equal("HTTP 500", log.Json.GetProperty("data")[0].GetProperty("error").GetString());
        Assert.Equal("Delivery dlv_1 failed after its last retry: HTTP 500", (await stage.DisabledAsync(webhook)).Text("disabledReason"));
    }

    [Fact]
    public async Task Enabled_AgainIsSentWhatComesThen()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync();
        string webhook = (await stage.RegisterAsync()).Text("id");
        await stage.Server.SendAsync(HttpMethod.Patch, $"/v1/webhooks/{webhook}", body: """{"enabled":false}""");
        stage.Server.Log.Emit(Happenings.Many(2));

        HttpAnswer enabled = await stage.Server.SendAsync(HttpMethod.Patch, $"/v1/webhooks/{webhook}", body: """{"enabled":true}""");
        stage.Server.Log.Emit(Happenings.Many(1));

        Assert.True(enabled.Json.GetProperty("enabled").GetBoolean());
        Assert.Equal("3", (await stage.Receiver.NextAsync("the event after it")).EventId);
    }

    [Fact]
    public async Task Redeliver_SendsOnceMore()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync();
        string webhook = (await stage.RegisterAsync()).Text("id");
        stage.Server.Log.Emit(Happenings.Many(1));
        Received first = await stage.Receiver.NextAsync("the event");
        string delivery = (await stage.FirstDeliveryAsync(webhook, "delivered", attempts: 1)).Ids[0];

        HttpAnswer answer = await stage.Server.PostAsync($"/v1/webhooks/{webhook}/deliveries/{delivery}:redeliver");

        Assert.Equal(202, answer.Status);
        Assert.Equal("pending", answer.Text("status"));
        Assert.Equal(first.Id, (await stage.Receiver.NextAsync("the event once more")).Id);
        await stage.FirstDeliveryAsync(webhook, "delivered", attempts: 2);
    }

    [Fact]
    public async Task Restart_SendsWhatWasNotDelivered()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync();
        HttpAnswer webhook = await stage.RegisterAsync();
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        stage.Receiver.Answer = async (http, received) =>
        {
            if (received.EventId == "3")
            {
                reached.TrySetResult();
                await Task.Delay(Timeout.Infinite, http.RequestAborted);
            }

            http.Response.StatusCode = 204;
        };
        stage.Server.Log.Emit(Happenings.Many(5));
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        stage.Receiver.AnswerWith(204);
        await stage.Server.RestartAsync();
        stage.Server.Log.Emit(Happenings.Many(1));

        await stage.DeliveriesAsync(
            webhook.Text("id"), rows => rows.Length == 6 && rows.All(row => row.GetProperty("status").GetString() == "delivered"), "all six to be delivered");
        HashSet<string> received = [];
        while (stage.Receiver.HasMore)
        {
            Received one = await stage.Receiver.NextAsync("what came in");
            received.Add(one.EventId);
            Assert.True(WebhookStage.IsSignedBy(one, webhook.Text("secret")));
        }

        Assert.Equal(["1", "2", "3", "4", "5", "6"], received.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Deliveries_WaitForAStoreThatDoesNotTakeThem()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync();
        string webhook = (await stage.RegisterAsync()).Text("id");
        stage.Server.Log.IsUnavailable = true;
        stage.Server.Log.Emit(Happenings.Many(2));

        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        while (!stage.Server.Clock.HasTimerWithin(TimeSpan.FromSeconds(1)))
        {
            Assert.False(patience.IsCancellationRequested, "Waited 20 s for the pump to wait for the store.");
            await Task.Yield();
        }

        stage.Server.Log.IsUnavailable = false;
        stage.Server.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("1", (await stage.Receiver.NextAsync("the first event")).EventId);
        Assert.Equal("2", (await stage.Receiver.NextAsync("the second event")).EventId);
        await stage.FirstDeliveryAsync(webhook, "delivered", attempts: 1);
    }

    [Fact]
    public async Task Rotation_SignsWithBothSecretsForADay()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync();
        HttpAnswer webhook = await stage.RegisterAsync();
        HttpAnswer rotated = await stage.Server.PostAsync($"/v1/webhooks/{webhook.Text("id")}:rotate");
        Assert.NotEqual(webhook.Text("secret"), rotated.Text("secret"));
        stage.Server.Log.Emit(Happenings.Many(1));
        Received both = await stage.Receiver.NextAsync("the event");
        Assert.True(WebhookStage.IsSignedBy(both, webhook.Text("secret")));
        Assert.True(WebhookStage.IsSignedBy(both, rotated.Text("secret")));
        await stage.FirstDeliveryAsync(webhook.Text("id"), "delivered", attempts: 1);

        stage.Server.Clock.Advance(TimeSpan.FromDays(1));
        stage.Server.Log.Emit(Happenings.Many(1));

        Received later = await stage.Receiver.NextAsync("the event of the next day");
        Assert.False(WebhookStage.IsSignedBy(later, webhook.Text("secret")));
        Assert.True(WebhookStage.IsSignedBy(later, rotated.Text("secret")));
    }

    [Fact]
    public async Task Log_IsPrunedByAge()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync();
        string webhook = (await stage.RegisterAsync()).Text("id");
        stage.Server.Log.Emit(Happenings.Many(1));
        await stage.FirstDeliveryAsync(webhook, "delivered", attempts: 1);

        stage.Server.Clock.Advance(WebhookStage.Options.KeepDeliveriesFor + WebhookStage.Options.TidyInterval);

        await stage.DeliveriesAsync(webhook, rows => rows.Length == 0, "the delivery to leave the log");
    }

    [Fact]
    public async Task Log_IsPrunedByCount()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync(WebhookStage.Options with { KeepDeliveries = 3 });
        string webhook = (await stage.RegisterAsync()).Text("id");
        stage.Server.Log.Emit(Happenings.Many(10));
        await stage.DeliveriesAsync(webhook, rows => rows.Count(row => row.GetProperty("status").GetString() == "delivered") == 10, "ten deliveries");

        stage.Server.Clock.Advance(WebhookStage.Options.TidyInterval);

        Assert.Equal(["dlv_10", "dlv_9", "dlv_8"], (await stage.DeliveriesAsync(webhook, rows => rows.Length == 3, "the three newest to stay")).Ids);
    }

    [Fact]
    public async Task Webhook_TooFarBehindIsDisabled()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync(WebhookStage.Options with { MaxPending = 5 });
        string webhook = (await stage.RegisterAsync()).Text("id");
        stage.Receiver.AnswerWith(500);
        stage.Server.Log.Emit(Happenings.Many(6));
        await stage.DeliveriesAsync(webhook, rows => rows.Length == 6 && rows.All(row => row.GetProperty("attempts").GetInt32() == 1), "six attempts");

        stage.Server.Clock.Advance(WebhookStage.Options.TidyInterval);

        Assert.Contains("pending", (await stage.DisabledAsync(webhook)).Text("disabledReason"), StringComparison.Ordinal);
    }
}
