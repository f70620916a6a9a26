using System.Runtime.CompilerServices;
using CrowdGrains.Client.Contract;
using CrowdGrains.Client.Events;
using CrowdGrains.Client.Transport;

namespace CrowdGrains.Client.Calls;

/// <summary>What has happened, in order.</summary>
public sealed class EventCalls
{
    private const string Root = "v1/events";
    private readonly HttpTransport _transport;

    internal EventCalls(HttpTransport transport) => _transport = transport;

    /// <summary>The events after a sequence.</summary>
    /// <param name="after">The id of the last event that is known; null for the first there is.</param>
    /// <param name="types">Such as <c>offer.issued</c>; null for all.</param>
    /// <param name="query">The next page's cursor goes before <paramref name="after"/>.</param>
    public async Task<Page<CloudEvent>> ListAsync(
        long? after = null, IReadOnlyCollection<string>? types = null, PageQuery? query = null, CancellationToken cancellation = default)
    {
        string path = Addresses.Query(
            Root,
            ("after", Addresses.Text(after)),
            ("types", Addresses.Types(types)),
            ("limit", Addresses.Text(query?.Limit)),
            ("cursor", query?.Cursor));
        return (await _transport.SendAsync(Call.Get(path), HttpTransport.Json.PageCloudEvent, cancellation).ConfigureAwait(false)).Value;
    }

    /// <summary>
    /// The events after a sequence, and then each as it happens, without an end. A connection that breaks or falls silent is opened anew
    /// after the last event that was handed out: no gap, no repeat.
    /// </summary>
    /// <param name="after">The id of the last event that is known; 0 for all there are, null for those from now on.</param>
    /// <param name="types">Such as <c>offer.issued</c>; null for all.</param>
    /// <exception cref="CrowdGrainsException">The server refused, or failed more often in a row than <see cref="CrowdGrainsClientOptions.MaxEventsFailures"/>.</exception>
    public async IAsyncEnumerable<CloudEvent> FollowAsync(
        long? after = null, IReadOnlyCollection<string>? types = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after ?? 0, nameof(after));
        EventFollower follower = new(_transport, Addresses.Query(Root, ("types", Addresses.Types(types))), after);
        await using (follower.ConfigureAwait(false))
        {
            while (true)
            {
                yield return await follower.NextAsync(cancellation).ConfigureAwait(false);
            }
        }
    }
}
