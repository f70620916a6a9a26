using CrowdGrains.Client.Contract;
using CrowdGrains.Client.Transport;

namespace CrowdGrains.Client.Calls;

/// <summary>Offers, and the helpers' answers to them.</summary>
public sealed class OfferCalls
{
    private readonly HttpTransport _transport;

    internal OfferCalls(HttpTransport transport) => _transport = transport;

    public Task<Versioned<Offer>> GetAsync(string id, CancellationToken cancellation = default) =>
        _transport.SendAsync(Call.Get(PathOf(id)), HttpTransport.Json.Offer, cancellation);

    /// <summary>Takes an offer. The answer is the request's verdict: the job is the helper's.</summary>
    /// <exception cref="CrowdGrainsException">
    /// Among others <see cref="ProblemCodes.OfferLost"/>, <see cref="ProblemCodes.OfferExpired"/> and <see cref="ProblemCodes.OfferWithdrawn"/>.
    /// </exception>
    public async Task<AcceptedOffer> AcceptAsync(string id, CallOptions? options = null, CancellationToken cancellation = default)
    {
        Call call = Call.Post(PathOf(id) + ":accept", null, options);
        return (await _transport.SendAsync(call, HttpTransport.Json.AcceptedOffer, cancellation).ConfigureAwait(false)).Value;
    }

    public Task<Versioned<Offer>> DeclineAsync(string id, Decline? decline = null, CallOptions? options = null, CancellationToken cancellation = default)
    {
        byte[] body = HttpTransport.Serialize(decline ?? new(null, null), HttpTransport.Json.Decline);
        return _transport.SendAsync(Call.Post(PathOf(id) + ":decline", body, options), HttpTransport.Json.Offer, cancellation);
    }

    private static string PathOf(string id) => $"v1/offers/{Addresses.Id(id)}";
}
