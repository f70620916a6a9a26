using CrowdGrains.Client.Transport;

namespace CrowdGrains.Client.Calls;

/// <summary>Customers, as far as they are more than an id in a request.</summary>
public sealed class CustomerCalls
{
    private readonly HttpTransport _transport;

    internal CustomerCalls(HttpTransport transport) => _transport = transport;

    /// <summary>Erases a customer's personal data everywhere; the counts stay.</summary>
    public Task EraseAsync(string id, CancellationToken cancellation = default) =>
        _transport.TellAsync(Call.Delete($"v1/customers/{Addresses.Id(id)}", null), cancellation);
}
