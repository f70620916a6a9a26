using CrowdGrains.Client.Contract;
using CrowdGrains.Client.Transport;

namespace CrowdGrains.Client.Calls;

/// <summary>Webhooks, and what became of their deliveries.</summary>
public sealed class WebhookCalls
{
    private const string Root = "v1/webhooks";
    private readonly HttpTransport _transport;

    internal WebhookCalls(HttpTransport transport) => _transport = transport;

    /// <summary>Makes a webhook. The answer alone has the secret that signs its deliveries.</summary>
    public Task<Versioned<Webhook>> CreateAsync(WebhookRegistration registration, CallOptions? options = null, CancellationToken cancellation = default)
    {
        byte[] body = HttpTransport.Serialize(registration, HttpTransport.Json.WebhookRegistration);
        return _transport.SendAsync(Call.Post(Root, body, options), HttpTransport.Json.Webhook, cancellation);
    }

    public Task<Versioned<Webhook>> GetAsync(string id, CancellationToken cancellation = default) =>
        _transport.SendAsync(Call.Get(PathOf(id)), HttpTransport.Json.Webhook, cancellation);

    public async Task<Page<Webhook>> ListAsync(PageQuery? query = null, CancellationToken cancellation = default)
    {
        string path = Addresses.Query(Root, ("limit", Addresses.Text(query?.Limit)), ("cursor", query?.Cursor));
        return (await _transport.SendAsync(Call.Get(path), HttpTransport.Json.PageWebhook, cancellation).ConfigureAwait(false)).Value;
    }

    /// <summary>What the patch leaves out stays.</summary>
    public Task<Versioned<Webhook>> PatchAsync(string id, WebhookRegistration patch, CallOptions? options = null, CancellationToken cancellation = default)
    {
        byte[] body = HttpTransport.Serialize(patch, HttpTransport.Json.WebhookRegistration);
        return _transport.SendAsync(Call.Patch(PathOf(id), body, options), HttpTransport.Json.Webhook, cancellation);
    }

    public Task DeleteAsync(string id, CallOptions? options = null, CancellationToken cancellation = default) =>
        _transport.TellAsync(Call.Delete(PathOf(id), options), cancellation);

    /// <summary>Makes a new secret, which the answer alone has; for a while deliveries are signed with the old one too.</summary>
    public Task<Versioned<Webhook>> RotateSecretAsync(string id, CallOptions? options = null, CancellationToken cancellation = default) =>
        _transport.SendAsync(Call.Post(PathOf(id) + ":rotate", null, options), HttpTransport.Json.Webhook, cancellation);

    /// <summary>The delivery log, newest first.</summary>
    /// <param name="status"><c>pending</c>, <c>delivered</c> or <c>failed</c>; null for all.</param>
    public async Task<Page<Delivery>> ListDeliveriesAsync(
        string id, string? status = null, PageQuery? query = null, CancellationToken cancellation = default)
    {
        string path = Addresses.Query(
            PathOf(id) + "/deliveries", ("status", status), ("limit", Addresses.Text(query?.Limit)), ("cursor", query?.Cursor));
        return (await _transport.SendAsync(Call.Get(path), HttpTransport.Json.PageDelivery, cancellation).ConfigureAwait(false)).Value;
    }

    /// <summary>Sends an event once more.</summary>
    public async Task<Delivery> RedeliverAsync(string id, string deliveryId, CallOptions? options = null, CancellationToken cancellation = default)
    {
        Call call = Call.Post($"{PathOf(id)}/deliveries/{Addresses.Id(deliveryId)}:redeliver", null, options);
        return (await _transport.SendAsync(call, HttpTransport.Json.Delivery, cancellation).ConfigureAwait(false)).Value;
    }

    private static string PathOf(string id) => $"{Root}/{Addresses.Id(id)}";
}
