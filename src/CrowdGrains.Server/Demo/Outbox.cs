using System.Threading.Channels;
using CrowdGrains.Client;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Server.Demo;

/// <summary>
/// Makes people's calls: many at once, but those to one helper or request one after another, as a device would. What is refused is
/// counted and not done again; people go by what they see happen. An answer to an offer that waited until the offer is over is not sent:
/// a server that is behind would be held up by nothing but what comes too late.
/// </summary>
internal sealed partial class Outbox : IAsyncDisposable
{
    /// <summary>How many calls are under way at once.</summary>
    private const int Lanes = 48;

    /// <summary>How many calls wait in a lane; a server that far behind is an error.</summary>
    private const int LaneCapacity = 2048;

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    /// <summary>The shortest time that an offer of the default catalogue stands.</summary>
    private static readonly TimeSpan OfferStands = TimeSpan.FromSeconds(40);

    private readonly CrowdGrainsClient _client;
    private readonly DemoFigures _figures;
    private readonly AcceleratedClock _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<Outgoing>[] _lanes = new Channel<Outgoing>[Lanes];
    private readonly Task[] _work = new Task[Lanes];

    public Outbox(CrowdGrainsClient client, DemoFigures figures, AcceleratedClock clock, ILogger logger)
    {
        _client = client;
        _figures = figures;
        _clock = clock;
        _logger = logger;
        for (int i = 0; i < Lanes; i++)
        {
            Channel<Outgoing> lane = Channel.CreateBounded<Outgoing>(new BoundedChannelOptions(LaneCapacity) { SingleReader = true });
            _lanes[i] = lane;
            _work[i] = Task.Run(() => WorkAsync(lane.Reader));
        }
    }

    public void Post(GrainId grain, Message message)
    {
        _figures.Posted();
        if (!_lanes[(int)((uint)grain.GetHashCode() % Lanes)].Writer.TryWrite(new Outgoing(grain, message, _clock.Now)))
        {
            _figures.Done();
            _figures.Failed();
            LogShed(grain, message.GetType().Name);
        }
    }

    /// <summary>Sends what waits, for a few seconds at most.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (Channel<Outgoing> lane in _lanes)
        {
            lane.Writer.Complete();
        }

        _stop.CancelAfter(LastWords);
        await Task.WhenAll(_work).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task WorkAsync(ChannelReader<Outgoing> lane)
    {
        await foreach (Outgoing next in lane.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (next.Message is AcceptOffer or DeclineOffer && _clock.Now > next.At + OfferStands)
            {
                _figures.TooLate();
            }
            else
            {
                await CallAsync(next.Grain, next.Message).ConfigureAwait(false);
            }

            _figures.Done();
        }
    }

    private async Task CallAsync(GrainId grain, Message message)
    {
        try
        {
            if (message is SubmitRequest)
            {
                _figures.Submitting(RequestId.From(grain.Name));
            }

            await DeviceCalls.SendAsync(_client, grain, message, _stop.Token).ConfigureAwait(false);
            _figures.Called();
        }
        catch (CrowdGrainsException refused)
        {
            if (_figures.Refused(refused.Code))
            {
                LogRefused(grain, message.GetType().Name, refused.Message);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The demo ends.
        }
    }

    private readonly record struct Outgoing(GrainId Grain, Message Message, Instant At);
}
