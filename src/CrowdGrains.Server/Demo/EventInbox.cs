using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;
using CrowdGrains.Client;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Events;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Server.Demo;

/// <summary>What people see on their screens: the server's events, followed over HTTP and turned back into what happened.</summary>
internal sealed partial class EventInbox(CrowdGrainsClient client, DemoFigures figures, ILogger logger)
{
    /// <summary>The city falls behind before more events wait.</summary>
    private const int Capacity = 65_536;

    /// <summary>Positions and searches are seen by nobody.</summary>
    private static readonly string[] Types =
    [
        "helper.online", "helper.offline", "helper.stale",
        "offer.issued", "offer.declined", "offer.expired", "offer.withdrawn", "offer.confirmed", "offer.released",
        "request.submitted", "request.assigned", "request.visitUnresolved", "request.withdrawn", "request.completed", "request.aborted", "request.cancelled",
        "request.unserved",
    ];

    private readonly ILogger _logger = logger;
    private readonly Channel<GrainEvent> _events =
        Channel.CreateBounded<GrainEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });

    /// <summary>Follows until it is cancelled, or the server refuses for good.</summary>
    /// <param name="after">The last event that was before the demo.</param>
    public async Task FollowAsync(long after, CancellationToken cancellation)
    {
        try
        {
            await foreach (CloudEvent happened in client.Events.FollowAsync(after, Types, cancellation).ConfigureAwait(false))
            {
                GrainEvent read = Read(happened);
                figures.Happened(read);
                await _events.Writer.WriteAsync(read, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception broken) when (broken is CrowdGrainsException or JsonException)
        {
            figures.Failed();
            LogBlind(broken.Message);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The demo ends.
        }
    }

    public bool TryTake([MaybeNullWhen(false)] out GrainEvent happened) => _events.Reader.TryRead(out happened);

    /// <exception cref="JsonException">The data is not that of an event of its type.</exception>
    public static GrainEvent Read(CloudEvent happened) => EventJson.Read(happened.Type, JsonMarshal.GetRawUtf8Value(happened.Data));
}
