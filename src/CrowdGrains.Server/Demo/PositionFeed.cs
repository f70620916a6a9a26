using CrowdGrains.Client;
using CrowdGrains.Client.Contract;
using CrowdGrains.Client.Positions;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Server.Demo;

/// <summary>
/// Sends positions as streams of lines, one stream at a time: what comes in while one is under way goes out with the next. Lines that
/// the server has no time for make room for newer ones, as with a real device.
/// </summary>
internal sealed partial class PositionFeed(CrowdGrainsClient client, DemoFigures figures, ILogger logger)
{
    private const int MaxWaiting = 200_000;

    private readonly ILogger _logger = logger;
    private List<PositionLine> _waiting = [];
    private List<PositionLine> _sending = [];
    private Task _stream = Task.CompletedTask;

    /// <summary>Called by the one who calls <see cref="Flush"/>.</summary>
    public void Add(HelperId helper, Instant at, LatLng position)
    {
        if (_waiting.Count >= MaxWaiting)
        {
            _waiting.Clear();
        }

        _waiting.Add(new PositionLine(helper.Value, position.Lat, position.Lng, at.ToDateTimeOffset()));
    }

    /// <summary>Begins a stream of what waits, unless one is under way.</summary>
    public void Flush(CancellationToken cancellation)
    {
        if (_waiting.Count > 0 && _stream.IsCompleted)
        {
            (_waiting, _sending) = (_sending, _waiting);
            _stream = SendAsync(cancellation);
        }
    }

    /// <summary>Waits for the stream that is under way.</summary>
    public Task FinishAsync() => _stream;

    private async Task SendAsync(CancellationToken cancellation)
    {
        try
        {
            PositionsResult result = await client.Positions.SendAsync(_sending, cancellation).ConfigureAwait(false);
            figures.PositionsTaken(result.Accepted);
            foreach (LineError error in result.Errors)
            {
                if (figures.Refused($"line-{error.Code}"))
                {
                    LogLine(error.Line, error.Code);
                }
            }
        }
        catch (CrowdGrainsException refused)
        {
            if (figures.Refused(refused.Code))
            {
                LogRefused(refused.Message);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The demo ends.
        }
        finally
        {
            _sending.Clear();
        }
    }
}
