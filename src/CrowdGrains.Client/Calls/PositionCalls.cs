using CrowdGrains.Client.Contract;
using CrowdGrains.Client.Positions;
using CrowdGrains.Client.Transport;

namespace CrowdGrains.Client.Calls;

/// <summary>
/// Positions of many helpers as one streamed body. A stream that breaks is not sent again: what it brought is taken, and newer positions
/// make up for the rest.
/// </summary>
public sealed class PositionCalls
{
    /// <summary>Lines are sent when this many bytes are there: a few hundred lines, fewer writes than lines by as much.</summary>
    private const int ChunkBytes = 32 * 1024;

    private readonly HttpTransport _transport;

    internal PositionCalls(HttpTransport transport) => _transport = transport;

    public Task<PositionsResult> SendAsync(IEnumerable<PositionLine> positions, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(positions);
        return SendOnceAsync(positions, cancellation);
    }

    /// <summary>
    /// Sends positions as they come; a line waits for no other when the next one is not there yet, and the stream stays open while none
    /// comes (<see cref="CrowdGrainsClientOptions.PositionsKeepAlive"/>).
    /// </summary>
    public Task<PositionsResult> SendAsync(IAsyncEnumerable<PositionLine> positions, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(positions);
        return SendOnceAsync(positions, cancellation);
    }

    /// <summary>The lowest level: the caller formats the lines, with no allocation for any of them.</summary>
    /// <param name="fill">
    /// Called again and again; writes some lines, which are then sent, and says whether there are more. While there are none it writes an
    /// empty one from time to time, or the server ends the stream.
    /// </param>
    /// <exception cref="CrowdGrainsException">The server refused, or the stream broke.</exception>
    public async Task<PositionsResult> SendAsync(Func<PositionLineWriter, CancellationToken, ValueTask<bool>> fill, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(fill);
        using HttpRequestMessage message = new(HttpMethod.Post, new Uri("v1/positions", UriKind.Relative)) { Content = new PositionContent(fill) };

        // Whether the key is good is asked before the first line is made, not after the last.
        message.Headers.ExpectContinue = true;
        try
        {
            using HttpResponseMessage response = await _transport.OpenAsync(message, cancellation).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw (await Failure.ReadAsync(response, _transport.Options.Clock, cancellation).ConfigureAwait(false)).ToException();
            }

            return await HttpTransport.ReadAsync(response, HttpTransport.Json.PositionsResult, cancellation).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw Failure.Of(broken).ToException();
        }
    }

    private async Task<PositionsResult> SendOnceAsync(IEnumerable<PositionLine> positions, CancellationToken cancellation)
    {
        using IEnumerator<PositionLine> lines = positions.GetEnumerator();
        return await SendAsync(
            (writer, _) =>
            {
                while (writer.Length < ChunkBytes)
                {
                    if (!lines.MoveNext())
                    {
                        return ValueTask.FromResult(false);
                    }

                    writer.Write(lines.Current);
                }

                return ValueTask.FromResult(true);
            },
            cancellation).ConfigureAwait(false);
    }

    private async Task<PositionsResult> SendOnceAsync(IAsyncEnumerable<PositionLine> positions, CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        IAsyncEnumerator<PositionLine> lines = positions.GetAsyncEnumerator(stop.Token);
        Task<bool>? next = null;
        try
        {
            return await SendAsync(
                async (writer, ended) =>
                {
                    while (writer.Length < ChunkBytes)
                    {
                        ValueTask<bool> move = next is null ? lines.MoveNextAsync() : new ValueTask<bool>(next);
                        if (!move.IsCompleted)
                        {
                            // What is there goes out; the rest is waited for in the next round.
                            next = move.AsTask();
                            if (writer.Length > 0)
                            {
                                return true;
                            }

                            if (!await ComesAsync(next, ended).ConfigureAwait(false))
                            {
                                writer.WriteEmpty();
                                return true;
                            }

                            move = new ValueTask<bool>(next);
                        }

                        next = null;
                        if (!await move.ConfigureAwait(false))
                        {
                            return false;
                        }

                        writer.Write(lines.Current);
                    }

                    return true;
                },
                cancellation).ConfigureAwait(false);
        }
        finally
        {
            // A source must not be disposed of while it still makes a line.
            await stop.CancelAsync().ConfigureAwait(false);
            if (next is not null)
            {
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await lines.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Whether the next line, or the end, is there before the stream has been silent for too long.</summary>
    private async Task<bool> ComesAsync(Task next, CancellationToken cancellation)
    {
        await next.WaitAsync(_transport.Options.PositionsKeepAlive, _transport.Options.Clock, cancellation)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        return next.IsCompleted;
    }
}
