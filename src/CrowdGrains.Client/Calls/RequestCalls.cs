using CrowdGrains.Client.Contract;
using CrowdGrains.Client.Transport;

namespace CrowdGrains.Client.Calls;

/// <summary>Requests from submission to rating, and the visits of the helpers assigned.</summary>
public sealed class RequestCalls
{
    private const string Root = "v1/requests";
    private readonly HttpTransport _transport;

    internal RequestCalls(HttpTransport transport) => _transport = transport;

    public Task<Versioned<Request>> SubmitAsync(RequestSubmission submission, CallOptions? options = null, CancellationToken cancellation = default) =>
        PostAsync(Root, HttpTransport.Serialize(submission, HttpTransport.Json.RequestSubmission), options, cancellation);

    public Task<Versioned<Request>> GetAsync(string id, CancellationToken cancellation = default) =>
        _transport.SendAsync(Call.Get(PathOf(id)), HttpTransport.Json.Request, cancellation);

    public async Task<Page<Request>> ListAsync(RequestQuery? query = null, CancellationToken cancellation = default)
    {
        string path = Addresses.Query(
            Root,
            ("status", Addresses.Text(query?.Status)),
            ("customerId", query?.CustomerId),
            ("cell", query?.Cell),
            ("since", Addresses.Text(query?.Since)),
            ("limit", Addresses.Text(query?.Limit)),
            ("cursor", query?.Cursor));
        return (await _transport.SendAsync(Call.Get(path), HttpTransport.Json.PageRequest, cancellation).ConfigureAwait(false)).Value;
    }

    /// <summary>Every page, one after another.</summary>
    public IAsyncEnumerable<Request> ListAllAsync(RequestQuery? query = null, CancellationToken cancellation = default) =>
        Paging.AllAsync((cursor, token) => ListAsync((query ?? new()) with { Cursor = cursor }, token), query?.Cursor, cancellation);

    public Task<Versioned<Request>> CancelAsync(string id, string? reason = null, CallOptions? options = null, CancellationToken cancellation = default) =>
        PostAsync(PathOf(id) + ":cancel", ReasonOf(reason), options, cancellation);

    /// <summary>A dispatcher names who gets the job, whoever was asked before. Answered with the assignment.</summary>
    /// <exception cref="CrowdGrainsException">
    /// Among others <see cref="ProblemCodes.HelperUnknown"/>, <see cref="ProblemCodes.HelperOffline"/>, <see cref="ProblemCodes.HelperFull"/>,
    /// or what became of the offer: <see cref="ProblemCodes.OfferDeclined"/>, <see cref="ProblemCodes.OfferExpired"/>,
    /// <see cref="ProblemCodes.OfferLost"/>, <see cref="ProblemCodes.OfferWithdrawn"/>.
    /// </exception>
    public Task<Versioned<Request>> AssignAsync(string id, string helperId, CallOptions? options = null, CancellationToken cancellation = default) =>
        PostAsync(PathOf(id) + ":assign", HttpTransport.Serialize(new Order(helperId), HttpTransport.Json.Order), options, cancellation);

    /// <summary>A dispatcher takes back the open offers, or the assignment; somebody is looked for again.</summary>
    public Task<Versioned<Request>> WithdrawAsync(string id, string? reason = null, CallOptions? options = null, CancellationToken cancellation = default) =>
        PostAsync(PathOf(id) + ":withdraw", ReasonOf(reason), options, cancellation);

    /// <summary>A dispatcher changes what may be changed.</summary>
    public Task<Versioned<Request>> PatchAsync(string id, RequestPatch patch, CallOptions? options = null, CancellationToken cancellation = default) =>
        _transport.SendAsync(
            Call.Post(PathOf(id), HttpTransport.Serialize(patch, HttpTransport.Json.RequestPatch), options) with { Method = HttpMethod.Patch },
            HttpTransport.Json.Request, cancellation);

    public Task<Versioned<Request>> RateAsync(string id, Rating rating, CallOptions? options = null, CancellationToken cancellation = default) =>
        PostAsync(PathOf(id) + ":rate", HttpTransport.Serialize(rating, HttpTransport.Json.Rating), options, cancellation);

    /// <summary>The assigned helper is on the way.</summary>
    public Task<Versioned<Request>> SetOutAsync(string id, CallOptions? options = null, CancellationToken cancellation = default) =>
        PostAsync(PathOf(id) + ":en-route", null, options, cancellation);

    /// <summary>The assigned helper is there.</summary>
    public Task<Versioned<Request>> ArriveAsync(string id, CallOptions? options = null, CancellationToken cancellation = default) =>
        PostAsync(PathOf(id) + ":arrive", null, options, cancellation);

    /// <summary>The visit is over.</summary>
    /// <param name="isResolved">Whether the problem is gone.</param>
    public Task<Versioned<Request>> CompleteAsync(string id, bool isResolved, CallOptions? options = null, CancellationToken cancellation = default) =>
        PostAsync(PathOf(id) + ":complete", HttpTransport.Serialize(new Completion(isResolved), HttpTransport.Json.Completion), options, cancellation);

    /// <summary>The assigned helper gives up.</summary>
    public Task<Versioned<Request>> AbortAsync(string id, string? reason = null, CallOptions? options = null, CancellationToken cancellation = default) =>
        PostAsync(PathOf(id) + ":abort", ReasonOf(reason), options, cancellation);

    /// <summary>Every event of a request's life, in order.</summary>
    public async Task<Page<TimelineEntry>> GetTimelineAsync(string id, PageQuery? query = null, CancellationToken cancellation = default)
    {
        string path = Addresses.Query(PathOf(id) + "/timeline", ("limit", Addresses.Text(query?.Limit)), ("cursor", query?.Cursor));
        return (await _transport.SendAsync(Call.Get(path), HttpTransport.Json.PageTimelineEntry, cancellation).ConfigureAwait(false)).Value;
    }

    /// <summary>Who could be asked in each round, why this one first, and why the others were not.</summary>
    public async Task<Explanation> ExplainAsync(string id, CancellationToken cancellation = default) =>
        (await _transport.SendAsync(Call.Get(PathOf(id) + "/explanation"), HttpTransport.Json.Explanation, cancellation).ConfigureAwait(false)).Value;

    private Task<Versioned<Request>> PostAsync(string path, byte[]? body, CallOptions? options, CancellationToken cancellation) =>
        _transport.SendAsync(Call.Post(path, body, options), HttpTransport.Json.Request, cancellation);

    private static byte[] ReasonOf(string? text) => HttpTransport.Serialize(new Reason(text), HttpTransport.Json.Reason);

    private static string PathOf(string id) => $"{Root}/{Addresses.Id(id)}";
}
