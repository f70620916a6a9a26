using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Limits;
using CrowdGrains.Api.Paging;
using CrowdGrains.Api.Problems;
using CrowdGrains.Client.Contract;
using CrowdGrains.Hosting.Engines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;

namespace CrowdGrains.Api.Events;

/// <summary>The log, as pages and as a stream, on one path: who accepts <c>text/event-stream</c> gets that.</summary>
internal sealed class EventEndpoints(
    IDispatchEngine engine, EncodedEvents encoded, EventVisibility visibility, EventOptions options, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private const string StreamType = "text/event-stream";
    private const string ResumeHeader = "Last-Event-ID";
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly StreamSlots _slots = new(options.MaxStreamsPerKey, options.MaxStreams);
    private readonly EventStream _stream = new(engine.Events, encoded, options, clock);
    private readonly EventPage _page = new(engine.Events, encoded, options);

    public static void Add(IServiceCollection services, IDispatchEngine engine, EventOptions options)
    {
        services.AddSingleton(new EncodedEvents(options));
        services.AddSingleton(new EventVisibility(new Ownership(engine, options)));
        services.AddSingleton(provider => new EventEndpoints(
            engine,
            provider.GetRequiredService<EncodedEvents>(),
            provider.GetRequiredService<EventVisibility>(),
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IHostApplicationLifetime>()));
    }

    public void Map(Routes routes) => routes
        .Get("/v1/events", "Everything that has happened, in order: a page, or with Accept: text/event-stream a stream.", ReadAsync)
        .WithTag("events").For(Scopes.All).Pages()
        .Query("after", "The sequence after which to begin. Default: 0 for a page; for a stream the last event, so that it tells what comes.")
        .Query("types", "Types, with commas between; request.* stands for all of requests. Default: all.")
        .Answers<Page<CloudEvent>>().Answers<string>(mediaType: StreamType).Refuses(StatusCodes.Status503ServiceUnavailable);

    private async ValueTask<Reply> ReadAsync(Call call)
    {
        if (!PageQuery.TryRead(call, out PageQuery page, out Fault? fault))
        {
            return fault;
        }

        string[] names = call.Query("types")?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (!EventTypeFilter.TryParse(names, EventTypes.Logged, out EventTypeFilter types, out string unknown))
        {
            return Fault.Parameter("types", $"names \"{unknown}\", which is no type of events");
        }

        EventSelection selection = new(types, AudienceOf(call.Caller), visibility);
        bool isStream = AcceptsStream(call.Http.Request);
        (string name, string? value) = isStream ? (ResumeHeader, call.Http.Request.Headers[ResumeHeader].ToString()) : ("cursor", page.After);
        if (!isStream || IsAhead(value) || IsAhead(call.Query("after")))
        {
            // Another process over the store may have shown more than has come here.
            long end = await engine.FindLogEndAsync(call.Cancellation).ConfigureAwait(false);
            await engine.Events.ReachAsync(end, call.Cancellation).ConfigureAwait(false);
        }

        if (!TryReadPosition(name, value, out long? place, out fault) || !TryReadPosition("after", call.Query("after"), out long? after, out fault))
        {
            return fault;
        }

        return isStream
            ? await StreamAsync(call, selection, place ?? after ?? engine.Events.LastSequence).ConfigureAwait(false)
            : await SendPageAsync(call, selection, place ?? after ?? 0, page.Limit).ConfigureAwait(false);
    }

    private async Task<Reply> SendPageAsync(Call call, EventSelection selection, long after, int limit)
    {
        ArrayBufferWriter<byte> body = new(4096);
        await _page.WriteAsync(body, selection, after, limit, call.Cancellation).ConfigureAwait(false);
        HttpResponse response = call.Http.Response;
        response.ContentType = "application/json";
        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, call.Cancellation).ConfigureAwait(false);
        return Reply.Sent;
    }

    private async Task<Reply> StreamAsync(Call call, EventSelection selection, long after)
    {
        string key = call.Caller.KeyId;
        if (!call.Api.Keys.TryGet(key, out StoredKey? stored))
        {
            return new Fault(ProblemKind.Unauthorized, "The key was revoked.");
        }

        switch (_slots.TryEnter(key))
        {
            case StreamRefusal.TooManyOfKey:
                return new Fault(ProblemKind.TooManyRequests, $"The key has {options.MaxStreamsPerKey} streams open already.") { RetryAfter = RetryAfter };
            case StreamRefusal.TooMany:
                return new Fault(ProblemKind.Overloaded, $"There are {options.MaxStreams} streams open already.") { RetryAfter = RetryAfter };
        }

        try
        {
            HttpResponse response = call.Http.Response;
            response.ContentType = StreamType;

            // For proxies that would collect events before they pass them on.
            response.Headers["X-Accel-Buffering"] = "no";
            call.Http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(call.Cancellation, lifetime.ApplicationStopping);
            StreamEnd end = await _stream.WriteAsync(
                response.BodyWriter, selection, after, stored.Revoked, ended.Token).ConfigureAwait(false);
            if (end == StreamEnd.TooSlow)
            {
                call.Http.Abort();
            }
        }
        catch (OperationCanceledException)
        {
            // The reader went away, or the server stops: a stream has no other end.
        }
        finally
        {
            _slots.Leave(key);
        }

        return Reply.Sent;
    }

    private static Audience AudienceOf(Caller caller) => caller switch
    {
        { Helper: { } helper } => Audience.Of(helper),
        { Partner: { } partner } => Audience.Of(partner),
        { IsStaff: true } => Audience.House,
        _ => throw new InvalidOperationException($"Nobody says what a key of scope {caller.ScopeText} may see."),
    };

    private static bool AcceptsStream(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? accepted)
        && accepted.Any(type => type.MediaType.Equals(StreamType, StringComparison.OrdinalIgnoreCase) && type.Quality is not 0);

    private bool IsAhead(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long sequence) && sequence > engine.Events.LastSequence;

    /// <summary>A sequence of the log. One that the log has not reached is of another log: its reader must not wait for it.</summary>
    private bool TryReadPosition(string name, string? text, out long? position, [NotNullWhen(false)] out Fault? fault)
    {
        position = null;
        fault = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long sequence) || sequence > engine.Events.LastSequence)
        {
            fault = name == "cursor" ? PageQuery.BadCursor : Fault.Parameter(name, $"must be the sequence of an event, 0 to {engine.Events.LastSequence}");
            return false;
        }

        position = sequence;
        return true;
    }
}
