using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Events;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Paging;
using CrowdGrains.Api.Problems;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;
using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Api.Requests;

/// <summary>
/// What happened to a request and why: for the staff, and for the partner who submitted it, who is told nothing of helpers that are not
/// its own but that one of them has the job.
/// </summary>
internal static class RequestHistory
{
    public static void Map(Routes routes)
    {
        routes.Get("/v1/requests/{id}/timeline", "Every event of a request, with time and actor.", TimelineAsync).WithTag("requests")
            .For(Scopes.Staff | Scopes.Partner).Pages().Answers<Page<TimelineEntry>>().Refuses(StatusCodes.Status404NotFound);
        routes.Get("/v1/requests/{id}/explanation", "The candidates of each round, and why others were not asked.", ExplainAsync).WithTag("requests")
            .For(Scopes.Staff | Scopes.Partner).Answers<Explanation>().Refuses(StatusCodes.Status404NotFound);
    }

    private static async ValueTask<Reply> TimelineAsync(Call call)
    {
        if (!PageQuery.TryRead(call, out PageQuery query, out Fault? fault))
        {
            return fault;
        }

        long after = 0;
        if (query.After is { } place && !long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return PageQuery.BadCursor;
        }

        if (await FindAsync(call).ConfigureAwait(false) is not { } request)
        {
            return Reply.NotFound("request");
        }

        IReadOnlyList<EventRow> rows = call.Api.Store.ReadTimeline(request.Id, after, query.Limit + 1);
        Page<EventRow> page = query.Cut(rows, row => row.Sequence.ToString(CultureInfo.InvariantCulture));
        List<EventRow> shown = [];
        foreach (EventRow row in page.Data)
        {
            bool mayKnow = row.Grain.Kind == GrainKind.Helper
                ? await MayKnowAsync(call, HelperId.From(row.Grain.Name)).ConfigureAwait(false)
                : call.Caller.IsStaff || !EventVisibility.IsOrder(row.Type);
            if (mayKnow)
            {
                shown.Add(row);
            }
        }

        await WriteAsync(call.Http, shown, page.NextCursor).ConfigureAwait(false);
        return Reply.Sent;
    }

    private static async ValueTask<Reply> ExplainAsync(Call call)
    {
        if (await FindAsync(call).ConfigureAwait(false) is not { } request)
        {
            return Reply.NotFound("request");
        }

        HashSet<HelperId> named =
        [
            .. request.Rounds.SelectMany(round => round.Candidates).Select(candidate => candidate.Helper),
            .. request.Rounds.SelectMany(round => round.NotAsked).Select(other => other.Helper),
        ];
        HashSet<HelperId> known = [];
        foreach (HelperId helper in named)
        {
            if (await MayKnowAsync(call, helper).ConfigureAwait(false))
            {
                known.Add(helper);
            }
        }

        return Reply.Ok(request.Explain(known), ContractJson.Default.Explanation);
    }

    /// <summary>The request named in the path, if its history exists for the caller.</summary>
    private static async ValueTask<RequestSnapshot?> FindAsync(Call call) =>
        Identifier.IsValid(call.Path("id"))
        && await call.Engine.FindRequestAsync(RequestId.From(call.Path("id")), call.Cancellation).ConfigureAwait(false) is { } request
        && (call.Caller.IsStaff || call.Caller.Submitted(request))
            ? request
            : null;

    private static ValueTask<bool> MayKnowAsync(Call call, HelperId helper) => RequestAccess.MaySeeAsync(call, helper);

    /// <summary>The data of the events goes out as it was logged, without being parsed.</summary>
    private static async Task WriteAsync(HttpContext http, List<EventRow> rows, string? nextCursor)
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter writer = new(output))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("data"u8);
            foreach (EventRow row in rows)
            {
                writer.WriteStartObject();
                writer.WriteNumber("sequence"u8, row.Sequence);
                writer.WriteString("at"u8, row.At.ToDateTimeOffset());
                writer.WriteString("type"u8, row.Type);
                writer.WriteString("actor"u8, row.Actor);
                writer.WritePropertyName("data"u8);
                writer.WriteRawValue(row.Data.Span, skipInputValidation: true);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteString("nextCursor"u8, nextCursor);
            writer.WriteEndObject();
        }

        http.Response.ContentType = "application/json";
        http.Response.ContentLength = output.WrittenCount;
        await http.Response.Body.WriteAsync(output.WrittenMemory, http.RequestAborted).ConfigureAwait(false);
    }
}
