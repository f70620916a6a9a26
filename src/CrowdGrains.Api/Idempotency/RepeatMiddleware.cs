using System.Security.Cryptography;
using System.Text;
using CrowdGrains.Api.Bodies;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Problems;
using CrowdGrains.Core.Turns;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace CrowdGrains.Api.Idempotency;

/// <summary>Answers a POST that repeats an earlier one, by its Idempotency-Key, as that one was answered; a PATCH that is marked for it too.</summary>
internal sealed class RepeatMiddleware(RequestDelegate next, ApiServices api)
{
    public const string KeyHeader = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotent-Replayed";
    private const int MaxKeyLength = 255;

    public Task InvokeAsync(HttpContext context)
    {
        if (!MayRepeat(context)
            || !context.Request.Headers.TryGetValue(KeyHeader, out StringValues header)
            || context.Features.Get<Caller>() is not { } caller
            || context.GetEndpoint()?.Metadata.GetMetadata<HarmlessRepeats>() is not null)
        {
            return next(context);
        }

        return header is [{ Length: > 0 and <= MaxKeyLength } key] && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? AnswerAsync(context, Operation.Of(caller.KeyId, key))
            : Reply.Refused(Fault.Parameter(KeyHeader, $"must have 1 to {MaxKeyLength} visible ASCII characters")).SendAsync(context);
    }

    private static bool MayRepeat(HttpContext context) => HttpMethods.IsPost(context.Request.Method)
        || (HttpMethods.IsPatch(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<KnownRepeats>() is not null);

    private async Task AnswerAsync(HttpContext context, Operation operation)
    {
        (ReadOnlyMemory<byte> body, Fault? fault) = await BodyReader.ReadBytesAsync(context, api.Options.MaxBodyBytes).ConfigureAwait(false);
        if (fault is not null)
        {
            await Reply.Refused(fault).SendAsync(context).ConfigureAwait(false);
            return;
        }

        byte[] request = HashOf(context.Request, body.Span);
        Claim claim = await api.Answers.ClaimAsync(operation, request, context.RequestAborted).ConfigureAwait(false);
        switch (claim)
        {
            case { Outcome: ClaimOutcome.Reused }:
                await Reply.Refused(ProblemKind.KeyReused, "It was used for another path or body.").SendAsync(context).ConfigureAwait(false);
                break;
            case { Outcome: ClaimOutcome.InUse }:
                Fault inUse = new(ProblemKind.RepeatInProgress) { RetryAfter = TimeSpan.FromSeconds(1) };
                await Reply.Refused(inUse).SendAsync(context).ConfigureAwait(false);
                break;
            case { Answer: { } answer }:
                context.Response.Headers[ReplayedHeader] = "true";
                await SendAsync(context, answer, IsSecret(context) ? SecretAnswer.Open(answer.Body, KeyMiddleware.SecretOf(context.Request), operation) : answer.Body).ConfigureAwait(false);
                break;
            default:
                await CarryOutAsync(context, operation, request, claim.At).ConfigureAwait(false);
                break;
        }
    }

    private async Task CarryOutAsync(HttpContext context, Operation operation, byte[] request, Instant claimedAt)
    {
        try
        {
            context.Features.Set(operation.ClaimedAt(claimedAt, api.Options.AnswersKept));
            byte[] body = await RunAsync(context).ConfigureAwait(false);
            HttpResponse response = context.Response;
            if (response.StatusCode is < 500 and not StatusCodes.Status429TooManyRequests)
            {
                string headers = $"{response.ContentType}\n{response.Headers.ETag}\n{response.Headers.Location}";
                byte[] kept = IsSecret(context) ? SecretAnswer.Seal(body, KeyMiddleware.SecretOf(context.Request), operation) : body;

                // Whether the client still listens or not: it may come back to ask.
                await api.Answers.KeepAsync(operation, request, claimedAt, new KeptAnswer(response.StatusCode, headers, kept)).ConfigureAwait(false);
            }

            await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            api.Answers.Release(operation);
        }
    }

    /// <summary>Runs the endpoint with its answer held back.</summary>
    private async Task<byte[]> RunAsync(HttpContext context)
    {
        IHttpResponseBodyFeature direct = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using MemoryStream body = new();
        StreamResponseBodyFeature held = new(body, direct);
        context.Features.Set<IHttpResponseBodyFeature>(held);
        try
        {
            await next(context).ConfigureAwait(false);
            await held.Writer.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return body.ToArray();
        }
        finally
        {
            context.Features.Set(direct);
        }
    }

    private static Task SendAsync(HttpContext context, KeptAnswer answer, byte[] body)
    {
        string[] headers = answer.Headers.Split('\n');
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = headers[0].Length > 0 ? headers[0] : null;
        context.Response.Headers.ETag = headers[1].Length > 0 ? headers[1] : default(StringValues);
        context.Response.Headers.Location = headers[2].Length > 0 ? headers[2] : default(StringValues);
        if (body.Length > 0)
        {
            context.Response.ContentLength = body.Length;
        }

        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static bool IsSecret(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<SecretAnswer>() is not null;

    private static byte[] HashOf(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path}{request.QueryString}\n"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}

/// <summary>Marks a PATCH that takes an Idempotency-Key, as every POST does: it is one command, and has one answer.</summary>
internal sealed class KnownRepeats;

/// <summary>Marks a POST that may be repeated without harm and whose body is too long to keep: an Idempotency-Key changes nothing.</summary>
internal sealed class HarmlessRepeats;
