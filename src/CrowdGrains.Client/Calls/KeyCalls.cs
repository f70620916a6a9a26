using CrowdGrains.Client.Contract;
using CrowdGrains.Client.Transport;

namespace CrowdGrains.Client.Calls;

/// <summary>Keys. They need the scope <c>admin</c>.</summary>
public sealed class KeyCalls
{
    private const string Root = "v1/keys";
    private readonly HttpTransport _transport;

    internal KeyCalls(HttpTransport transport) => _transport = transport;

    /// <summary>Makes a key. The answer alone has its secret.</summary>
    /// <param name="scope"><c>admin</c>, <c>dispatch</c>, <c>partner:&lt;id&gt;</c> or <c>helper:&lt;id&gt;</c>.</param>
    public Task<Key> CreateAsync(string scope, string? name = null, CallOptions? options = null, CancellationToken cancellation = default) =>
        CreateAsync(new KeyCreation(scope, name), options, cancellation);

    /// <summary>Likewise, with labels.</summary>
    public async Task<Key> CreateAsync(KeyCreation creation, CallOptions? options = null, CancellationToken cancellation = default)
    {
        byte[] body = HttpTransport.Serialize(creation, HttpTransport.Json.KeyCreation);
        return (await _transport.SendAsync(Call.Post(Root, body, options), HttpTransport.Json.Key, cancellation).ConfigureAwait(false)).Value;
    }

    public async Task<Page<Key>> ListAsync(PageQuery? query = null, CancellationToken cancellation = default)
    {
        string path = Addresses.Query(Root, ("limit", Addresses.Text(query?.Limit)), ("cursor", query?.Cursor));
        return (await _transport.SendAsync(Call.Get(path), HttpTransport.Json.PageKey, cancellation).ConfigureAwait(false)).Value;
    }

    public Task RevokeAsync(string id, CallOptions? options = null, CancellationToken cancellation = default) =>
        _transport.TellAsync(Call.Delete($"{Root}/{Addresses.Id(id)}", options), cancellation);
}
