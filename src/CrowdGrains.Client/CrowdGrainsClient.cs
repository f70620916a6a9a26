using CrowdGrains.Client.Calls;
using CrowdGrains.Client.Transport;

namespace CrowdGrains.Client;

/// <summary>
/// The HTTP interface of CrowdGrains, call by call. Safe for use by many threads; make one and keep it. Each call is tried again where that
/// is safe, and fails with a <see cref="CrowdGrainsException"/>.
/// </summary>
public sealed class CrowdGrainsClient : IDisposable
{
    private readonly HttpClient? _owned;

    /// <summary>A client with connections of its own.</summary>
    /// <param name="baseAddress">Where the server is, without <c>/v1</c>.</param>
    /// <param name="key">The secret of a key; null where none is needed.</param>
    public CrowdGrainsClient(Uri baseAddress, string? key, CrowdGrainsClientOptions? options = null)
        : this(Connect(baseAddress, options ?? new()), key, options, isOwned: true)
    {
    }

    /// <summary>A client over the caller's connections, which stay the caller's to dispose.</summary>
    /// <param name="http">With a base address. Its own time-out should be infinite: it would cut long streams of positions.</param>
    /// <param name="key">The secret of a key; null where <paramref name="http"/> brings its own authorization.</param>
    public CrowdGrainsClient(HttpClient http, string? key = null, CrowdGrainsClientOptions? options = null)
        : this(http, key, options, isOwned: false)
    {
    }

    private CrowdGrainsClient(HttpClient http, string? key, CrowdGrainsClientOptions? options, bool isOwned)
    {
        _owned = isOwned ? http : null;
        HttpTransport transport = new(http, key, options ?? new());
        Helpers = new HelperCalls(transport);
        Requests = new RequestCalls(transport);
        Offers = new OfferCalls(transport);
        Positions = new PositionCalls(transport);
        Events = new EventCalls(transport);
        Webhooks = new WebhookCalls(transport);
        Keys = new KeyCalls(transport);
        Map = new MapCalls(transport);
        Customers = new CustomerCalls(transport);
    }

    public HelperCalls Helpers { get; }

    public RequestCalls Requests { get; }

    public OfferCalls Offers { get; }

    public PositionCalls Positions { get; }

    public EventCalls Events { get; }

    public WebhookCalls Webhooks { get; }

    public KeyCalls Keys { get; }

    public MapCalls Map { get; }

    public CustomerCalls Customers { get; }

    public void Dispose() => _owned?.Dispose();

    /// <summary>Relative paths replace what follows the last slash.</summary>
    private static Uri WithSlash(Uri address) => address.AbsolutePath.EndsWith('/') ? address : new Uri(address.GetLeftPart(UriPartial.Path) + "/");

    private static HttpClient Connect(Uri baseAddress, CrowdGrainsClientOptions options)
    {
        options.Validate();
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,

            // An event stream that is left is closed at once, so that the server does not count it any longer.
            MaxResponseDrainSize = 0,

            MaxConnectionsPerServer = options.MaxConnections,

            // A name may come to mean another machine.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        return new HttpClient(handler) { BaseAddress = WithSlash(baseAddress), Timeout = Timeout.InfiniteTimeSpan };
    }
}
