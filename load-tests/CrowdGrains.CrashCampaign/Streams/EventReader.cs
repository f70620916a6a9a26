using System.Globalization;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using CrowdGrains.CrashCampaign.Audits;
using CrowdGrains.CrashCampaign.Books;

namespace CrowdGrains.CrashCampaign.Streams;

/// <summary>
/// Reads the event stream as a browser does: after a break it asks for what follows the last id it has, and for nothing else. It drops
/// nothing and repairs nothing, so that a gap or a repeat is seen.
/// </summary>
internal sealed class EventReader(Uri url, HttpMessageHandler transport, string key, Book book, Verdict verdict) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient _http = new(transport) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>How often a stream was opened.</summary>
    public int Connections { get; private set; }

    /// <summary>Reads until it is cancelled or a rule is broken.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(cancellation).ConfigureAwait(false);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                // The server died.
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw verdict.Report("stream-is-readable", "events", unreadable.ToString());
            }

            await Task.Delay(Pause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task ReadAsync(CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("v1/events", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", book.Last.ToString(CultureInfo.InvariantCulture));
        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        verdict.Require(
            (int)response.StatusCode is 200 or 429 or 503, "stream-resumes", "events", () => $"resuming after #{book.Last} was answered {(int)response.StatusCode}");
        if (!response.IsSuccessStatusCode)
        {
            return;
        }

        Connections++;
        Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await foreach (SseItem<string> item in SseParser.Create(body).EnumerateAsync(cancellation).ConfigureAwait(false))
        {
            Heard happened = Heard.Read(item.Data);
            verdict.Require(
                item.EventId == happened.Sequence.ToString(CultureInfo.InvariantCulture) && item.EventType == happened.Type,
                "frame-names-its-event", happened.Subject, () => $"id {item.EventId}, event {item.EventType}: {happened}");
            book.Hear(happened);
        }
    }
}
