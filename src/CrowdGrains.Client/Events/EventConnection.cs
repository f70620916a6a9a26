using System.Net.ServerSentEvents;
using System.Text.Json;
using CrowdGrains.Client.Contract;
using CrowdGrains.Client.Transport;

namespace CrowdGrains.Client.Events;

/// <summary>One open stream of events.</summary>
internal sealed class EventConnection : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly SilenceLimit _limit;
    private readonly SseParser<CloudEvent> _parser;
    private readonly IAsyncEnumerator<SseItem<CloudEvent>> _items;

    private EventConnection(HttpResponseMessage response, Stream body, SilenceLimit limit)
    {
        _response = response;
        _limit = limit;
        FrameStream frames = new(body, limit);
        _parser = SseParser.Create(frames, static (_, data) => Parse(data));
        frames.OnWhole = () => Position = _parser.LastEventId;
        _items = _parser.EnumerateAsync(limit.Token).GetAsyncEnumerator(limit.Token);
    }

    public CloudEvent Current => _items.Current.Data;

    /// <summary>
    /// The last id of the stream when it was between two events. Some ids come without an event and say how far the server has looked; the
    /// parser notes an id with its line, before its event is whole, and is not asked then.
    /// </summary>
    public string Position { get; private set; } = "";

    /// <summary>What the server asked for in the stream, if it did.</summary>
    public TimeSpan? ReconnectAfter => _parser.ReconnectionInterval < TimeSpan.Zero ? null : _parser.ReconnectionInterval;

    /// <summary>Takes over what it is given.</summary>
    public static async Task<EventConnection> OpenAsync(HttpResponseMessage response, SilenceLimit limit) =>
        new(response, await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false), limit);

    /// <returns>False at the end of the stream.</returns>
    public ValueTask<bool> MoveNextAsync() => _items.MoveNextAsync();

    public async ValueTask DisposeAsync()
    {
        await _items.DisposeAsync().ConfigureAwait(false);
        _response.Dispose();
        _limit.Dispose();
    }

    private static CloudEvent Parse(ReadOnlySpan<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize(data, HttpTransport.Json.CloudEvent) ?? throw new JsonException("The event is null.");
        }
        catch (JsonException unreadable)
        {
            throw Failure.Unreadable(200, unreadable).ToException();
        }
    }
}
