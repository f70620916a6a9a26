using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using CrowdGrains.Hosting.Events;

namespace CrowdGrains.Api.Events;

internal enum StreamEnd : byte
{
    /// <summary>The reader went away.</summary>
    Closed,

    /// <summary>The reader takes nothing any more.</summary>
    TooSlow,

    /// <summary>The reader may no longer read.</summary>
    Revoked,
}

/// <summary>
/// Server-sent events for one reader. What is there is written, then flushed once; while a flush waits for a slow reader nothing is
/// buffered for it, since the feed has it all. A heartbeat says how far the stream has read, so that a reader whose selection is
/// rare need not have the long way searched again when it resumes.
/// </summary>
internal sealed class EventStream(EventFeed feed, EncodedEvents encoded, EventOptions options, TimeProvider clock)
{
    private const int PageSize = 256;

    // A page of long events goes out in parts of about this size.
    private const int FlushBytes = 32 * 1024;

    /// <summary>Writes events after a sequence until the reader goes, or is too slow, or the call is cancelled.</summary>
    /// <param name="revoked">Completes when the reader may no longer read.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="Hosting.Stores.StoreException">Older events are not to be had now.</exception>
    /// <exception cref="Hosting.Engines.UnavailableException">Whose an event is cannot be found out now.</exception>
    public async Task<StreamEnd> WriteAsync(
        PipeWriter output, EventSelection selection, long after, Task revoked, CancellationToken cancellation)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        LoggedEvent[] page = ArrayPool<LoggedEvent>.Shared.Rent(PageSize);
        try
        {
            // At once, so that who resumes before the first event does not miss it.
            WritePosition(output, after);
            long told = after;
            Task heartbeat = Task.Delay(options.Heartbeat, clock, ended.Token);
            StreamEnd? end = await FlushAsync(output, revoked, ended.Token).ConfigureAwait(false);
            while (end is null)
            {
                int count = feed.Read(after, page.AsSpan(0, PageSize), out Task more);
                if (count == 0)
                {
                    await Task.WhenAny(more, heartbeat, revoked).ConfigureAwait(false);
                }

                ended.Token.ThrowIfCancellationRequested();

                for (int i = 0; i < count && end is null; i++)
                {
                    after = page[i].Row.Sequence;
                    if (!await selection.IncludesAsync(page[i], ended.Token).ConfigureAwait(false))
                    {
                        continue;
                    }

                    if (revoked.IsCompleted)
                    {
                        break;
                    }

                    output.Write(encoded.Of(page[i]).Frame.Span);
                    told = after;
                    if (output.UnflushedBytes >= FlushBytes)
                    {
                        end = await FlushAsync(output, revoked, ended.Token).ConfigureAwait(false);
                    }
                }

                if (end is null && revoked.IsCompleted)
                {
                    end = StreamEnd.Revoked;
                }

                if (end is null && heartbeat.IsCompleted)
                {
                    heartbeat = Task.Delay(options.Heartbeat, clock, ended.Token);
                    WriteHeartbeat(output, told < after ? after : null);
                    told = after;
                }

                if (end is null && output.UnflushedBytes > 0)
                {
                    end = await FlushAsync(output, revoked, ended.Token).ConfigureAwait(false);
                }
            }

            return end.Value;
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            ArrayPool<LoggedEvent>.Shared.Return(page, clearArray: true);
        }
    }

    /// <summary>Null when the reader took it. It is not waited for when it may no longer read.</summary>
    private async ValueTask<StreamEnd?> FlushAsync(PipeWriter output, Task revoked, CancellationToken cancellation)
    {
        ValueTask<FlushResult> flushing = output.FlushAsync(cancellation);
        if (flushing.IsCompletedSuccessfully)
        {
            return flushing.Result.IsCompleted ? StreamEnd.Closed : null;
        }

        try
        {
            Task<FlushResult> flushed = flushing.AsTask();
            await Task.WhenAny(flushed, revoked).WaitAsync(options.SlowReaderTimeout, clock, cancellation).ConfigureAwait(false);
            return !flushed.IsCompleted ? StreamEnd.TooSlow : (await flushed.ConfigureAwait(false)).IsCompleted ? StreamEnd.Closed : null;
        }
        catch (TimeoutException)
        {
            return StreamEnd.TooSlow;
        }
    }

    private static void WritePosition(PipeWriter output, long position) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {position}\n\n"), output);

    private static void WriteHeartbeat(PipeWriter output, long? position)
    {
        output.Write(":\n"u8);
        if (position is { } moved)
        {
            WritePosition(output, moved);
        }
        else
        {
            output.Write("\n"u8);
        }
    }
}
