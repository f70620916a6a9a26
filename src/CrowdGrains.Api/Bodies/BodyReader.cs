using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CrowdGrains.Api.Bodies;

/// <summary>Reads JSON bodies, whole and bounded, once per call.</summary>
internal static class BodyReader
{
    private static readonly byte[] EmptyObject = "{}"u8.ToArray();

    public static async ValueTask<Body<T>> ReadAsync<T>(Call call, JsonTypeInfo<T> type, bool isRequired)
        where T : class
    {
        (ReadOnlyMemory<byte> bytes, Fault? fault) = await ReadBytesAsync(call.Http, call.Api.Options.MaxBodyBytes).ConfigureAwait(false);
        if (fault is not null)
        {
            return new Body<T>(null, fault);
        }

        if (bytes.IsEmpty)
        {
            if (isRequired)
            {
                return new Body<T>(null, new Fault(ProblemKind.InvalidJson, "The body is empty."));
            }

            bytes = EmptyObject;
        }
        else if (!IsJson(call.Http.Request.ContentType))
        {
            return new Body<T>(null, new Fault(ProblemKind.UnsupportedMediaType, "The body must be application/json."));
        }

        return Parse(bytes, type);
    }

    /// <summary>The bytes of the body; the same again when asked again.</summary>
    public static async ValueTask<(ReadOnlyMemory<byte> Bytes, Fault? Fault)> ReadBytesAsync(HttpContext context, int limit)
    {
        if (context.Features.Get<ReadBody>() is { } read)
        {
            return (read.Bytes, null);
        }

        Fault tooLarge = new(ProblemKind.BodyTooLarge, $"A body has at most {limit} bytes.");
        if (context.Request.ContentLength > limit)
        {
            return (default, tooLarge);
        }

        byte[]? bytes = await CollectAsync(context.Request.BodyReader, limit).ConfigureAwait(false);
        if (bytes is null)
        {
            return (default, tooLarge);
        }

        context.Features.Set(new ReadBody(bytes));
        return (bytes, null);
    }

    internal static Body<T> Parse<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            if (UnfitText.Find(json) is { } unfit)
            {
                return new Body<T>(null, unfit);
            }

            return JsonSerializer.Deserialize(json.Span, type) is { } value
                ? new Body<T>(value, null)
                : new Body<T>(null, Fault.Field("", "must be an object"));
        }
        catch (JsonException unreadable)
        {
            return new Body<T>(null, JsonFaults.Explain(json, type, unreadable));
        }
    }

    private static async ValueTask<byte[]?> CollectAsync(PipeReader reader, int limit)
    {
        while (true)
        {
            // Without a token: a client that goes away ends the read anyway, and one that is cancelled is left open under the connection.
            ReadResult result = await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            if (result.Buffer.Length > limit)
            {
                // A read that is left open would tear the connection down under the answer.
                reader.AdvanceTo(result.Buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                byte[] bytes = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? media)
        && (media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || media.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!media.Charset.HasValue || media.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || media.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    private sealed record ReadBody(ReadOnlyMemory<byte> Bytes);
}
