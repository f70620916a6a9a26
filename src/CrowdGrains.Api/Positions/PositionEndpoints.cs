using CrowdGrains.Api.Bodies;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Idempotency;
using CrowdGrains.Api.Keys;
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

    public static void Map(Routes routes, KnownHelpers helpers)
    {
        routes.Put("/v1/helpers/{id}/position", "Where a helper is.", call => PutAsync(call, helpers)).WithTag("positions").For(Scopes.All)
            .Takes<PositionUpdate>().AnswersNothing().Refuses(StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
        routes.Post("/v1/positions", "A stream of positions: {\"helperId\":…,\"lat\":…,\"lng\":…,\"at\":…} a line.", call => StreamAsync(call, helpers))
            .WithTag("positions").For(Scopes.All).Takes<string>(mediaType: MediaType).Answers<PositionsResult>()
            .Refuses(StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status503ServiceUnavailable).With(new HarmlessRepeats());
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
        Instant at = fields.Time("/at", update.At) ?? Instant.FromDateTimeOffset(call.Engine.Clock.GetUtcNow());
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

    private static async ValueTask<Reply> StreamAsync(Call call, KnownHelpers helpers)
    {
        if (!IsNdjson(call.Http.Request.ContentType))
        {
            return new Fault(ProblemKind.UnsupportedMediaType, $"The body must be {MediaType}.");
        }

        // Any length at any pace: a device's stream may rest for minutes.
        if (call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (call.Http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } pace)
        {
            pace.MinDataRate = null;
        }

        PositionStream stream = new(call.Engine, helpers, call.Caller, call.Api.Options.PositionsWait);
        try
        {
            PositionsResult result = await stream.ReadAsync(call.Http.Request.BodyReader, call.Cancellation).ConfigureAwait(false);
            return Reply.Ok(result, ContractJson.Default.PositionsResult);
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
