using System.Globalization;
using System.Text.Json;
using CrowdGrains.Client.Contract;
using CrowdGrains.Client.Transport;

namespace CrowdGrains.Client.Events;

/// <summary>
/// Reads the stream of events across its breaks. What it knows is the sequence of the last event it gave, or a later one that the server
/// said it had looked at: each connection begins after that, and whatever comes with a sequence up to it is a repeat and dropped.
/// </summary>
/// <param name="last">Null to begin with what happens from now on.</param>
internal sealed class EventFollower(HttpTransport transport, string path, long? last) : IAsyncDisposable
{
    private EventConnection? _connection;
    private TimeSpan? _reconnectAfter;
    private int _failures;

    /// <exception cref="CrowdGrainsException">The server refused, or failed too often in a row.</exception>
    public async Task<CloudEvent> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Failure failure;
            try
            {
                _connection ??= await OpenAsync(cancellation).ConfigureAwait(false);
                if (await _connection.MoveNextAsync().ConfigureAwait(false))
                {
                    if (TryTake(_connection.Current) is { } happened)
                    {
                        return happened;
                    }

                    continue;
                }

                failure = Failure.Of(new HttpIOException(HttpRequestError.ResponseEnded, "The server ended the stream."));
            }
            catch (RefusedException refused)
            {
                failure = refused.Failure;
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                failure = Failure.Of(broken);
            }
            catch (OperationCanceledException silent) when (!cancellation.IsCancellationRequested)
            {
                failure = Failure.TimedOut(transport.Options.EventsIdleTimeout, silent);
            }

            await RecoverAsync(failure, cancellation).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } open)
        {
            _connection = null;
            await open.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task RecoverAsync(Failure failure, CancellationToken cancellation)
    {
        _reconnectAfter = _connection?.ReconnectAfter ?? _reconnectAfter;
        if (TryReadSequence(_connection?.Position, out long position) && !(position <= last))
        {
            last = position;
        }

        await DisposeAsync().ConfigureAwait(false);
        _failures++;
        if (failure is { Outcome: Outcome.Refused, Problem.Status: < 500 } || _failures >= transport.Options.MaxEventsFailures)
        {
            throw failure.ToException();
        }

        TimeSpan pause = RetryPolicy.Pause(_failures, failure.RetryAfter ?? _reconnectAfter, transport.Options);
        await Task.Delay(pause, transport.Options.Clock, cancellation).ConfigureAwait(false);
    }

    private CloudEvent? TryTake(CloudEvent happened)
    {
        if (!TryReadSequence(happened.Id, out long sequence))
        {
            throw Failure.Unreadable(200, new JsonException($"\"{happened.Id}\" is not a sequence.")).ToException();
        }

        if (sequence <= last)
        {
            return null;
        }

        last = sequence;
        _failures = 0;
        return happened;
    }

    private static bool TryReadSequence(string? id, out long sequence) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out sequence);

    private async Task<EventConnection> OpenAsync(CancellationToken cancellation)
    {
        using HttpRequestMessage message = new(HttpMethod.Get, new Uri(path, UriKind.Relative));
        message.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        if (last is { } known)
        {
            message.Headers.TryAddWithoutValidation("Last-Event-ID", known.ToString(CultureInfo.InvariantCulture));
        }

        SilenceLimit limit = new(transport.Options.EventsIdleTimeout, transport.Options.Clock, cancellation);
        HttpResponseMessage? response = null;
        try
        {
            response = await transport.OpenAsync(message, limit.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new RefusedException(await Failure.ReadAsync(response, transport.Options.Clock, cancellation).ConfigureAwait(false));
            }

            if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
            {
                throw Failure.Unreadable((int)response.StatusCode, null).ToException();
            }

            return await EventConnection.OpenAsync(response, limit).ConfigureAwait(false);
        }
        catch
        {
            response?.Dispose();
            limit.Dispose();
            throw;
        }
    }

    /// <summary>Carries an answer that is not a stream from where it is read to where it is judged.</summary>
    private sealed class RefusedException(Failure failure) : Exception
    {
        public Failure Failure => failure;
    }
}
