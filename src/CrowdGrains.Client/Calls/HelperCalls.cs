using CrowdGrains.Client.Contract;
using CrowdGrains.Client.Transport;

namespace CrowdGrains.Client.Calls;

/// <summary>Helpers: who they are, whether they are on duty, where they are.</summary>
public sealed class HelperCalls
{
    private const string Root = "v1/helpers";
    private readonly HttpTransport _transport;

    internal HelperCalls(HttpTransport transport) => _transport = transport;

    public Task<Versioned<Helper>> CreateAsync(HelperRegistration registration, CallOptions? options = null, CancellationToken cancellation = default) =>
        PostAsync(Root, HttpTransport.Serialize(registration, HttpTransport.Json.HelperRegistration), options, cancellation);

    public Task<Versioned<Helper>> GetAsync(string id, CancellationToken cancellation = default) =>
        _transport.SendAsync(Call.Get(PathOf(id)), HttpTransport.Json.Helper, cancellation);

    public async Task<Page<Helper>> ListAsync(PageQuery? query = null, CancellationToken cancellation = default)
    {
        string path = Addresses.Query(Root, ("limit", Addresses.Text(query?.Limit)), ("cursor", query?.Cursor));
        return (await _transport.SendAsync(Call.Get(path), HttpTransport.Json.PageHelper, cancellation).ConfigureAwait(false)).Value;
    }

    /// <summary>Every page, one after another.</summary>
    public IAsyncEnumerable<Helper> ListAllAsync(PageQuery? query = null, CancellationToken cancellation = default) =>
        Paging.AllAsync((cursor, token) => ListAsync((query ?? new()) with { Cursor = cursor }, token), query?.Cursor, cancellation);

    /// <summary>What the patch leaves out stays.</summary>
    public Task<Versioned<Helper>> PatchAsync(string id, HelperPatch patch, CallOptions? options = null, CancellationToken cancellation = default) =>
        _transport.SendAsync(
            Call.Patch(PathOf(id), HttpTransport.Serialize(patch, HttpTransport.Json.HelperPatch), options), HttpTransport.Json.Helper, cancellation);

    public Task<Versioned<Helper>> GoOnlineAsync(string id, GoOnline? shift = null, CallOptions? options = null, CancellationToken cancellation = default) =>
        PostAsync(PathOf(id) + ":online", HttpTransport.Serialize(shift ?? new(), HttpTransport.Json.GoOnline), options, cancellation);

    public Task<Versioned<Helper>> GoOfflineAsync(string id, CallOptions? options = null, CancellationToken cancellation = default) =>
        PostAsync(PathOf(id) + ":offline", null, options, cancellation);

    public Task<Versioned<Helper>> TakeBreakAsync(string id, CallOptions? options = null, CancellationToken cancellation = default) =>
        PostAsync(PathOf(id) + ":break", null, options, cancellation);

    /// <summary>Says where a helper is. Not tried for longer than <see cref="CrowdGrainsClientOptions.PositionFreshness"/>: the next position says more.</summary>
    public Task ReportPositionAsync(string id, PositionUpdate position, CancellationToken cancellation = default)
    {
        byte[] body = HttpTransport.Serialize(position, HttpTransport.Json.PositionUpdate);
        Call call = new(HttpMethod.Put, PathOf(id) + "/position", body, Repeat.Always) { UsefulFor = _transport.Options.PositionFreshness };
        return _transport.TellAsync(call, cancellation);
    }

    /// <summary>The offers a helper has, or had.</summary>
    public async Task<Page<Offer>> ListOffersAsync(
        string id, OfferStatus? status = null, PageQuery? query = null, CancellationToken cancellation = default)
    {
        string path = Addresses.Query(
            PathOf(id) + "/offers", ("status", Addresses.Text(status)), ("limit", Addresses.Text(query?.Limit)), ("cursor", query?.Cursor));
        return (await _transport.SendAsync(Call.Get(path), HttpTransport.Json.PageOffer, cancellation).ConfigureAwait(false)).Value;
    }

    private Task<Versioned<Helper>> PostAsync(string path, byte[]? body, CallOptions? options, CancellationToken cancellation) =>
        _transport.SendAsync(Call.Post(path, body, options), HttpTransport.Json.Helper, cancellation);

    private static string PathOf(string id) => $"{Root}/{Addresses.Id(id)}";
}
