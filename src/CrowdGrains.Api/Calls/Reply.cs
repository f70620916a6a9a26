using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CrowdGrains.Api.Problems;
using CrowdGrains.Client.Contract;
using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Api.Calls;

/// <summary>What a call is answered: a status, perhaps a body, perhaps an entity tag.</summary>
internal abstract class Reply
{
    /// <summary>204, or 200 when the endpoint has sent the body itself.</summary>
    public static readonly Reply NoContent = new EmptyReply(StatusCodes.Status204NoContent);

    /// <summary>The endpoint has written the response itself, as a stream does.</summary>
    public static readonly Reply Sent = new SentReply();

    /// <summary>The entity tag, with its quotation marks.</summary>
    public string? ETag { get; init; }

    /// <summary>Where the thing that was made is.</summary>
    public string? Location { get; init; }

    public static Reply Ok<T>(T body, JsonTypeInfo<T> type, string? etag = null) =>
        new JsonReply<T>(StatusCodes.Status200OK, body, type) { ETag = etag };

    public static Reply Created<T>(T body, JsonTypeInfo<T> type, string location, string? etag = null) =>
        new JsonReply<T>(StatusCodes.Status201Created, body, type) { ETag = etag, Location = location };

    /// <summary>It will be done.</summary>
    public static Reply Accepted<T>(T body, JsonTypeInfo<T> type) => new JsonReply<T>(StatusCodes.Status202Accepted, body, type);

    public static Reply NotModified(string etag) => new EmptyReply(StatusCodes.Status304NotModified) { ETag = etag };

    public static Reply Refused(Fault fault) => new RefusedReply(fault);

    public static Reply Refused(ProblemKind kind, string? detail = null) => new RefusedReply(new Fault(kind, detail));

    /// <summary>Also for what the caller must not know of: another partner's or helper's thing does not exist.</summary>
    public static Reply NotFound(string what) => Refused(ProblemKind.NotFound, $"There is no such {what}.");

    public static implicit operator Reply(Fault fault) => Refused(fault);

    public static Reply FromFault(Fault fault) => Refused(fault);

    public Task SendAsync(HttpContext context)
    {
        if (ETag is not null)
        {
            context.Response.Headers.ETag = ETag;
        }

        if (Location is not null)
        {
            context.Response.Headers.Location = Location;
        }

        return WriteAsync(context);
    }

    protected abstract Task WriteAsync(HttpContext context);

    /// <summary>Serialized first and sent in one piece with its length: a fault of the serializer is still a clean 500.</summary>
    private static async Task WriteJsonAsync<T>(HttpContext context, int status, T body, JsonTypeInfo<T> type, string mediaType, CancellationToken cancellation)
    {
        JsonBuffer buffer = JsonBuffer.Rent();
        JsonSerializer.Serialize(buffer.Writer, body, type);
        HttpResponse response = context.Response;
        response.StatusCode = status;
        response.ContentType = mediaType;
        response.ContentLength = buffer.Output.WrittenCount;
        response.BodyWriter.Write(buffer.Output.WrittenSpan);
        await response.BodyWriter.FlushAsync(cancellation).ConfigureAwait(false);
    }

    private sealed class JsonReply<T>(int status, T body, JsonTypeInfo<T> type) : Reply
    {
        protected override Task WriteAsync(HttpContext context) => WriteJsonAsync(context, status, body, type, "application/json", context.RequestAborted);
    }

    private sealed class EmptyReply(int status) : Reply
    {
        protected override Task WriteAsync(HttpContext context)
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        }
    }

    private sealed class SentReply : Reply
    {
        protected override Task WriteAsync(HttpContext context) => Task.CompletedTask;
    }

    private sealed class RefusedReply(Fault fault) : Reply
    {
        protected override Task WriteAsync(HttpContext context)
        {
            if (fault.RetryAfter is { } pause)
            {
                context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            }

            if (fault.Kind == ProblemKind.Unauthorized)
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
            }

            if (fault.EndsConnection && !HttpProtocol.IsHttp2(context.Request.Protocol))
            {
                context.Response.Headers.Connection = "close";
            }

            // Not given up when the client is gone: the web server reads the header from an answer that was begun, and else would read on where
            // a body was torn.
            CancellationToken cancellation = fault.EndsConnection ? CancellationToken.None : context.RequestAborted;
            return WriteJsonAsync(context, fault.Kind.Status, fault.ToProblem(context), ContractJson.Default.Problem, "application/problem+json", cancellation);
        }
    }

    /// <summary>A buffer per thread: an answer is serialized and copied out without giving up the thread in between.</summary>
    private sealed class JsonBuffer
    {
        private const int MaxKept = 256 * 1024;

        [ThreadStatic]
        private static JsonBuffer? _ofThread;

        private JsonBuffer() => Writer = new Utf8JsonWriter(Output);

        public ArrayBufferWriter<byte> Output { get; } = new(1024);

        public Utf8JsonWriter Writer { get; }

        public static JsonBuffer Rent()
        {
            if (_ofThread is not { Output.Capacity: <= MaxKept } buffer)
            {
                return _ofThread = new JsonBuffer();
            }

            buffer.Output.ResetWrittenCount();
            buffer.Writer.Reset();
            return buffer;
        }
    }
}
