using System.Text.Json.Nodes;
using CrowdGrains.Api.Tests.Webhooks;
using CrowdGrains.Embedded;
using CrowdGrains.Testing;

namespace CrowdGrains.Api.Tests.Events;

/// <summary>The same with the engine that runs grains: a partner's request is done by somebody else's helper.</summary>
public sealed class EventStoryTests
{
    [Fact]
    public async Task Job_IsToldToEverybodyWhomItConcerns()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        await using EventServer server = await EventServer.StartAsync(
            new ApiOptions { Webhooks = WebhookStage.Options },
            store => EmbeddedEngine.Start(store, TestRules.With(TestRules.Options), new EmbeddedOptions { Shards = 2 }, TimeProvider.System));
        (_, string partner) = await server.MakeKeyAsync("partner:p1");
        (_, string helper) = await server.MakeKeyAsync("helper:h1");
        (_, string other) = await server.MakeKeyAsync("helper:h2");
        HttpAnswer webhook = await server.PostAsync("/v1/webhooks", $$"""{"url":"{{receiver.Url}}","types":["request.assigned"]}""", partner);
        Assert.Equal(201, webhook.Status);
        using SseReader helperStream = await server.OpenAsync("?after=0", helper);
        using SseReader partnerStream = await server.OpenAsync("?after=0", partner);

        Assert.Equal(201, (await server.PostAsync("/v1/helpers", Examples.Helper("h1").ToJsonString())).Status);
        Assert.Equal(201, (await server.PostAsync("/v1/helpers", Examples.Helper("h2", lat: 48, lng: 8).ToJsonString())).Status);
        Assert.Equal(201, (await server.PostAsync("/v1/requests", Examples.Request("r1").ToJsonString(), partner)).Status);
        SseBlock issued = await NextAsync(helperStream, "offer.issued");
        string offer = JsonNode.Parse(issued.Data!)!["data"]!["offerId"]!.GetValue<string>();
        Assert.Equal(200, (await server.PostAsync($"/v1/offers/{offer}:accept", key: helper)).Status);

        Assert.Equal("requests/r1", (await NextAsync(helperStream, "request.assigned")).Json.GetProperty("subject").GetString());
        Assert.Equal("requests/r1", (await NextAsync(partnerStream, "request.submitted")).Json.GetProperty("subject").GetString());
        Assert.Equal("requests/r1", (await NextAsync(partnerStream, "request.assigned")).Json.GetProperty("subject").GetString());
        Received received = await receiver.NextAsync("the assignment");
        Assert.Equal("request.assigned", received.Type);
        Assert.True(WebhookStage.IsSignedBy(received, webhook.Text("secret")));
        HttpAnswer page = await server.GetAsync("/v1/events", other);
        Assert.All(page.Json.GetProperty("data").EnumerateArray(), happened => Assert.Equal("helpers/h2", happened.GetProperty("subject").GetString()));
        Assert.DoesNotContain("offer.", (await server.GetAsync("/v1/events", partner)).Body, StringComparison.Ordinal);
    }

    private static async Task<SseBlock> NextAsync(SseReader stream, string type)
    {
        SseBlock block;
        do
        {
            block = await stream.NextEventAsync();
        }
        while (block.Event != type);
        return block;
    }
}
