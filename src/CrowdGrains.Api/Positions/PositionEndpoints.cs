using CrowdGrains.Api.Bodies;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Idempotency;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Limits;
using CrowdGrains.Api.Problems;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace CrowdGrains.Api.Positions;

/// <summary>
/// Where helpers are: one by one, or as a stream of many. A position is soft: it is answered when the engine has it, is not written down,
/// and one of a helper that is off duty is dropped.
/// </summary>
internal static class PositionEndpoints
{
    private const string MediaType = "application/x-ndjson";
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public static void Map(Routes routes, KnownHelpers helpers, StreamSlots slots)
    {
        routes.Put("/v1/helpers/{id}/position", "Where a helper is.", call => PutAsync(call, helpers)).WithTag("positions").For(Scopes.All)
            .Takes<PositionUpdate>().AnswersNothing().Refuses(StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
        routes.Post("/v1/positions", "A stream of positions: {\"helperId\":…,\"lat\":…,\"lng\":…,\"at\":…} a line; an empty one keeps it open.", call => StreamAsync(call, helpers, slots))
            .WithTag("positions").For(Scopes.All).Takes<string>(mediaType: MediaType).Answers<PositionsResult>()
            .Refuses(StatusCodes.Status408RequestTimeout, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status503ServiceUnavailable)
            .With(new HarmlessRepeats());
    }

    private static async ValueTask<Reply> PutAsync(Call call, KnownHelpers helpers)
    {
        Body<PositionUpdate> body = await call.ReadAsync(StrictJson.Types.PositionUpdate).ConfigureAwait(false);
        if (!body.TryGet(out PositionUpdate? update, out Fault? fault))
        {
            return fault;
        }

        Fields fields = new();
        LatLng position = fields.Position("", fields.Required("/lat", update.Lat), fields.Required("/lng", update.Lng));
        Instant now = Instant.FromDateTimeOffset(call.Engine.Clock.GetUtcNow());
        Instant at = fields.Time("/at", update.At) ?? now;
        if (at > now + call.Api.Options.PositionsAhead)
        {
            fields.Refuse("/at", $"must not be more than {call.Api.Options.PositionsAhead.TotalSeconds} seconds ahead of the server's clock");
        }

        if (fields.HasFault(out fault))
        {
            return fault;
        }

        if (!Identifier.IsValid(call.Path("id"))
            || await helpers.FindAsync(HelperId.From(call.Path("id")), call.Cancellation).ConfigureAwait(false) is not { } helper
            || !call.Caller.MaySee(helper.Id, helper.Partner))
        {
            return Reply.NotFound("helper");
        }

        return call.Engine.Report([new PositionReport(helper.Id, at, position)]) == 1
            ? Reply.NoContent
            : throw new UnavailableException(UnavailableReason.Overloaded, TimeSpan.FromSeconds(1));
    }

    private static async ValueTask<Reply> StreamAsync(Call call, KnownHelpers helpers, StreamSlots slots)
    {
        if (!IsNdjson(call.Http.Request.ContentType))
        {
            return new Fault(ProblemKind.UnsupportedMediaType, $"The body must be {MediaType}.");
        }

        ApiOptions options = call.Api.Options;
        string key = call.Caller.KeyId;
        switch (slots.TryEnter(key))
        {
            case StreamRefusal.TooManyOfKey:
                return new Fault(ProblemKind.TooManyRequests, $"The key has {options.MaxPositionStreamsPerKey} streams open already.") { RetryAfter = RetryAfter };
            case StreamRefusal.TooMany:
                return new Fault(ProblemKind.Overloaded, $"There are {options.MaxPositionStreams} streams open already.") { RetryAfter = RetryAfter };
        }

        try
        {
            return await ReadAsync(call, new PositionStream(call.Engine, helpers, call.Caller, options)).ConfigureAwait(false);
        }
        finally
        {
            slots.Leave(key);
        }
    }

    private static async ValueTask<Reply> ReadAsync(Call call, PositionStream stream)
    {
        // Any length at any pace: silence has a limit of its own.
        if (call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (call.Http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } pace)
        {
            pace.MinDataRate = null;
        }

        try
        {
            return await stream.ReadAsync(call.Http.Request.BodyReader, call.Cancellation).ConfigureAwait(false) is { } result
                ? Reply.Ok(result, ContractJson.Default.PositionsResult)
                : new Fault(
                    ProblemKind.RequestTimeout,
                    $"Nothing came for {call.Api.Options.PositionsSilence.TotalSeconds} seconds; {stream.Accepted} positions were taken before.");
        }
        catch (UnavailableException refusal)
        {
            return new Fault(ProblemKind.Overloaded, $"{stream.Accepted} positions were taken before.") { RetryAfter = refusal.RetryAfter };
        }
    }

    private static bool IsNdjson(string? contentType) =>
        contentType is not null
        && (contentType.AsSpan().TrimStart().StartsWith(MediaType, StringComparison.OrdinalIgnoreCase)
            || contentType.AsSpan().TrimStart().StartsWith("application/ndjson", StringComparison.OrdinalIgnoreCase));
}
