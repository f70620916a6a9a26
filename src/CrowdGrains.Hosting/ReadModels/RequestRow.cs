using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>A row of <c>read_requests</c>.</summary>
internal sealed class RequestRow
{
    public const string Columns = """
        seq AS Seq, id AS Id, customer AS Customer, partner AS Partner, status AS Status, cell AS Cell, helper AS Helper,
        wanted_since AS WantedSince, problem AS Problem, channel AS Channel, first_tier AS FirstTier, submitted_at AS SubmittedAt,
        offered_at AS OfferedAt, assigned_at AS AssignedAt, en_route_at AS EnRouteAt, arrived_at AS ArrivedAt, ended_at AS EndedAt,
        first_visit_resolved AS FirstVisitResolved, resolved AS Resolved, offers_issued AS OffersIssued,
        offers_accepted AS OffersAccepted, assignments AS Assignments, arrivals AS Arrivals, travel_seconds AS TravelSeconds
        """;

    private const string Upsert = """
        INSERT INTO read_requests (
            seq, id, customer, partner, status, cell, helper, wanted_since, problem, channel, first_tier, submitted_at, offered_at,
            assigned_at, en_route_at, arrived_at, ended_at, first_visit_resolved, resolved, offers_issued, offers_accepted, assignments,
            arrivals, travel_seconds)
        VALUES (
            @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22,
            @p23, @p24)
        ON CONFLICT (seq) DO UPDATE SET
            customer = excluded.customer, status = excluded.status, helper = excluded.helper, wanted_since = excluded.wanted_since,
            first_tier = excluded.first_tier, offered_at = excluded.offered_at, assigned_at = excluded.assigned_at,
            en_route_at = excluded.en_route_at, arrived_at = excluded.arrived_at, ended_at = excluded.ended_at,
            first_visit_resolved = excluded.first_visit_resolved, resolved = excluded.resolved, offers_issued = excluded.offers_issued,
            offers_accepted = excluded.offers_accepted, assignments = excluded.assignments, arrivals = excluded.arrivals,
            travel_seconds = excluded.travel_seconds
        """;

    public long Seq { get; init; }

    public string Id { get; init; } = "";

    public string Customer { get; init; } = "";

    public string? Partner { get; init; }

    public long Status { get; init; }

    public long Cell { get; init; }

    public string? Helper { get; init; }

    public long? WantedSince { get; init; }

    public string Problem { get; init; } = "";

    public string Channel { get; init; } = "";

    public long? FirstTier { get; init; }

    public long SubmittedAt { get; init; }

    public long? OfferedAt { get; init; }

    public long? AssignedAt { get; init; }

    public long? EnRouteAt { get; init; }

    public long? ArrivedAt { get; init; }

    public long? EndedAt { get; init; }

    public long? FirstVisitResolved { get; init; }

    public long Resolved { get; init; }

    public long OffersIssued { get; init; }

    public long OffersAccepted { get; init; }

    public long Assignments { get; init; }

    public long Arrivals { get; init; }

    public double TravelSeconds { get; init; }

    public RequestView ToView()
    {
        CellIndex cell = CellIndex.FromValue((ulong)Cell);
        RequestStatus status = (RequestStatus)Status;
        return new RequestView(
            Seq,
            CustomerId.From(Customer),
            Partner is null ? null : PartnerId.From(Partner),
            status,
            cell,
            Helper is null ? null : HelperId.From(Helper),
            At(WantedSince),
            new RequestTrack(RequestId.From(Id), new Instant(SubmittedAt), Problem, Channel, cell.Center)
            {
                Status = status == RequestStatus.Offering ? RequestStatus.Searching : status,
                FirstTier = (Tier?)FirstTier,
                OfferedAt = At(OfferedAt),
                AssignedAt = At(AssignedAt),
                EnRouteAt = At(EnRouteAt),
                ArrivedAt = At(ArrivedAt),
                EndedAt = At(EndedAt),
                FirstVisitResolved = FirstVisitResolved is { } resolved ? resolved != 0 : null,
                IsResolved = Resolved != 0,
                OffersIssued = (int)OffersIssued,
                OffersAccepted = (int)OffersAccepted,
                Assignments = (int)Assignments,
                Arrivals = (int)Arrivals,
                TravelSeconds = TravelSeconds,
            });
    }

    public static SqlWrite ToWrite(RequestView request)
    {
        RequestTrack track = request.Track;
        return new SqlWrite(
            Upsert,
            request.Sequence,
            request.Id.Value,
            request.Customer.Value,
            request.Partner?.Value,
            (long)request.Status,
            (long)request.Cell.Value,
            request.Helper?.Value,
            request.WantedSince?.UnixMilliseconds,
            track.Problem,
            track.Channel,
            (long?)track.FirstTier,
            track.SubmittedAt.UnixMilliseconds,
            track.OfferedAt?.UnixMilliseconds,
            track.AssignedAt?.UnixMilliseconds,
            track.EnRouteAt?.UnixMilliseconds,
            track.ArrivedAt?.UnixMilliseconds,
            track.EndedAt?.UnixMilliseconds,
            track.FirstVisitResolved is { } resolved ? (resolved ? 1L : 0L) : null,
            track.IsResolved ? 1L : 0L,
            (long)track.OffersIssued,
            (long)track.OffersAccepted,
            (long)track.Assignments,
            (long)track.Arrivals,
            track.TravelSeconds);
    }

    private static Instant? At(long? milliseconds) => milliseconds is { } at ? new Instant(at) : null;
}
