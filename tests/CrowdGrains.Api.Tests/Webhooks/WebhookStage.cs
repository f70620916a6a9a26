using System.Security.Cryptography;
using System.Text;
using CrowdGrains.Api.Tests.Events;
using CrowdGrains.Api.Webhooks;

namespace CrowdGrains.Api.Tests.Webhooks;

/// <summary>A server, a receiver, and the steps that tests of webhooks take.</summary>
internal sealed class WebhookStage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private WebhookStage(EventServer server, Receiver receiver)
    {
        Server = server;
        Receiver = receiver;
    }

    public static WebhookOptions Options { get; } = new() { AllowHttp = true, AllowPrivateTargets = true, Jitter = 0 };

    public EventServer Server { get; }

    public Receiver Receiver { get; }

    public static async Task<WebhookStage> StartAsync(WebhookOptions? options = null) =>
        new(await EventServer.StartAsync(new ApiOptions { Webhooks = options ?? Options }), await Receiver.StartAsync());

    /// <summary>Makes a webhook to the receiver.</summary>
    public async Task<HttpAnswer> RegisterAsync(string types = "[]", string key = EventServer.AdminKey, string? url = null)
    {
        HttpAnswer made = await Server.PostAsync("/v1/webhooks", $$"""{"url":"{{url ?? Receiver.Url}}","types":{{types}}}""", key);
        Assert.True(made.Status == 201, made.Body);
        return made;
    }

    /// <summary>The first delivery of a webhook, once it is as expected.</summary>
    public async Task<HttpAnswer> DeliveriesAsync(string webhook, Predicate<System.Text.Json.JsonElement[]> expected, string awaited)
    {
        using CancellationTokenSource patience = new(Patience);
        while (true)
        {
            HttpAnswer page = await Server.GetAsync($"/v1/webhooks/{webhook}/deliveries");
            Assert.Equal(200, page.Status);
            if (expected([.. page.Json.GetProperty("data").EnumerateArray()]))
            {
                return page;
            }

            Assert.False(patience.IsCancellationRequested, $"Waited {Patience} for {awaited}: {page.Body}");
        }
    }

    public Task<HttpAnswer> FirstDeliveryAsync(string webhook, string status, int attempts) => DeliveriesAsync(
        webhook,
        rows => rows.Length > 0 && rows[^1].GetProperty("status").GetString() == status && rows[^1].GetProperty("attempts").GetInt32() == attempts,
        $"a delivery that is {status} after {attempts} attempts");

    public async Task<HttpAnswer> DisabledAsync(string webhook)
    {
        using CancellationTokenSource patience = new(Patience);
        while (true)
        {
            HttpAnswer answer = await Server.GetAsync($"/v1/webhooks/{webhook}");
            if (!answer.Json.GetProperty("enabled").GetBoolean())
            {
                return answer;
            }

            Assert.False(patience.IsCancellationRequested, $"Waited {Patience} for the webhook to be disabled.");
        }
    }

    /// <summary>Checks a signature as a receiver would, without our code.</summary>
    public static bool IsSignedBy(Received received, string secret) =>
        received.Signature.Split(' ').Contains("v1," + Convert.ToBase64String(HMACSHA256.HashData(
            Convert.FromBase64String(secret.Replace("whsec_", "", StringComparison.Ordinal)),
            Encoding.UTF8.GetBytes($"{received.Id}.{received.Timestamp}.{received.Body}"))));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
