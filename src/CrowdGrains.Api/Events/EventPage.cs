using System.Buffers;
using System.Globalization;
using System.Text;
using CrowdGrains.Api.Paging;
using CrowdGrains.Hosting.Events;

namespace CrowdGrains.Api.Events;

/// <summary>One page of events as JSON, and how far it reached: the next one starts there.</summary>
internal sealed class EventPage(EventFeed feed, EncodedEvents encoded, EventOptions options)
{
    private const int ReadAtOnce = 256;

    /// <summary>
    /// Writes at most <paramref name="limit"/> events after a sequence. A page that is not full ends where the log did, or where it had
    /// looked through as many as it may: <c>nextCursor</c> is null only in the first case.
    /// </summary>
    /// <exception cref="Hosting.Stores.StoreException">Older events are not to be had now.</exception>
    /// <exception cref="Hosting.Engines.UnavailableException">Whose an event is cannot be found out now.</exception>
    public async ValueTask WriteAsync(
        IBufferWriter<byte> output, EventSelection selection, long after, int limit, CancellationToken cancellation)
    {
        output.Write("{\"data\":["u8);
        LoggedEvent[] read = new LoggedEvent[ReadAtOnce];
        int taken = 0;
        int scanned = 0;
        bool more = true;
        while (taken < limit && scanned < options.MaxScannedPerPage)
        {
            int count = feed.Read(after, read.AsSpan(0, Math.Min(ReadAtOnce, options.MaxScannedPerPage - scanned)), out _);
            if (count == 0)
            {
                more = false;
                break;
            }

            for (int i = 0; i < count && taken < limit; i++)
            {
                after = read[i].Row.Sequence;
                scanned++;
                if (await selection.IncludesAsync(read[i], cancellation).ConfigureAwait(false))
                {
                    output.Write(taken++ == 0 ? ""u8 : ","u8);
                    output.Write(encoded.Of(read[i]).Json.Span);
                }
            }
        }

        more = more && after < feed.LastSequence;
        string end = more ? $"],\"nextCursor\":\"{PageQuery.Encode(after.ToString(CultureInfo.InvariantCulture))}\"}}" : "],\"nextCursor\":null}";
        Encoding.ASCII.GetBytes(end, output);
    }
}
