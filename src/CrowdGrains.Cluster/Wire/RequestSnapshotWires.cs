using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Cluster.Wire;

/// <summary>
/// Snapshots go field by field, not as the bytes of the grain's record. A snapshot cannot be turned into its record: the grain would have to
/// write one for every question, also for those from its own silo, which are handed the snapshot itself. And a record holds more, answers
/// given and helpers asked, and is refused by a program of the version before.
/// </summary>
[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1120, "cg.request-snapshot")]
internal struct RequestSnapshotWire() : IConverter<RequestSnapshot, RequestSnapshotWire>
{
    [Id(0)]
    public required RequestId Id;

    [Id(1)]
    public required long Version;

    [Id(2)]
    public required RequestStatus Status;

    [Id(3)]
    public required Submission Submission;

    [Id(4)]
    public required int Rung;

    [Id(5)]
    public required Instant? Deadline;

    [Id(6)]
    public required Assignment? Assignment;

    [Id(7)]
    public required Visit[]? Visits;

    [Id(8)]
    public required LiveOffer[]? Offers;

    [Id(9)]
    public required Round[]? Rounds;

    [Id(10)]
    public required int? Stars;

    public readonly RequestSnapshot ConvertFromSurrogate(in RequestSnapshotWire wire) =>
        new(
            wire.Id, wire.Version, wire.Status, wire.Submission, wire.Rung, wire.Deadline, wire.Assignment, wire.Visits.FromWire(),
            wire.Offers.FromWire(), wire.Rounds.FromWire(), wire.Stars);

    public readonly RequestSnapshotWire ConvertToSurrogate(in RequestSnapshot request) => new()
    {
        Id = request.Id,
        Version = request.Version,
        Status = request.Status,
        Submission = request.Submission,
        Rung = request.Rung,
        Deadline = request.Deadline,
        Assignment = request.Assignment,
        Visits = request.Visits.ToWire(),
        Offers = request.Offers.ToWire(),
        Rounds = request.Rounds.ToWire(),
        Stars = request.Stars,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1121, "cg.assignment")]
internal struct AssignmentWire() : IConverter<Assignment, AssignmentWire>
{
    [Id(0)]
    public required int Visit;

    [Id(1)]
    public required OfferId Offer;

    [Id(2)]
    public required HelperId Helper;

    [Id(3)]
    public required int Rung;

    [Id(4)]
    public required int EtaSeconds;

    [Id(5)]
    public required Instant AssignedAt;

    [Id(6)]
    public required Instant Since;

    public readonly Assignment ConvertFromSurrogate(in AssignmentWire wire) =>
        new(wire.Visit, wire.Offer, wire.Helper, wire.Rung, wire.EtaSeconds, wire.AssignedAt, wire.Since);

    public readonly AssignmentWire ConvertToSurrogate(in Assignment assignment) => new()
    {
        Visit = assignment.Visit,
        Offer = assignment.Offer,
        Helper = assignment.Helper,
        Rung = assignment.Rung,
        EtaSeconds = assignment.EtaSeconds,
        AssignedAt = assignment.AssignedAt,
        Since = assignment.Since,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1122, "cg.visit")]
internal struct VisitWire() : IConverter<Visit, VisitWire>
{
    [Id(0)]
    public required int Number;

    [Id(1)]
    public required OfferId Offer;

    [Id(2)]
    public required HelperId Helper;

    [Id(3)]
    public required int Rung;

    [Id(4)]
    public required Instant AssignedAt;

    [Id(5)]
    public required Instant EndedAt;

    [Id(6)]
    public required VisitOutcome Outcome;

    public readonly Visit ConvertFromSurrogate(in VisitWire wire) =>
        new(wire.Number, wire.Offer, wire.Helper, wire.Rung, wire.AssignedAt, wire.EndedAt, wire.Outcome);

    public readonly VisitWire ConvertToSurrogate(in Visit visit) => new()
    {
        Number = visit.Number,
        Offer = visit.Offer,
        Helper = visit.Helper,
        Rung = visit.Rung,
        AssignedAt = visit.AssignedAt,
        EndedAt = visit.EndedAt,
        Outcome = visit.Outcome,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1123, "cg.live-offer")]
internal struct LiveOfferWire() : IConverter<LiveOffer, LiveOfferWire>
{
    [Id(0)]
    public required OfferId Offer;

    [Id(1)]
    public required HelperId Helper;

    [Id(2)]
    public required int Rung;

    [Id(3)]
    public required Need Need;

    [Id(4)]
    public required Instant IssuedAt;

    [Id(5)]
    public required Instant ExpiresAt;

    [Id(6)]
    public required bool IsDelivered;

    [Id(7)]
    public required int Attempts;

    [Id(8)]
    public required Instant SendAgainAt;

    [Id(9)]
    public required OperationId Order;

    public readonly LiveOffer ConvertFromSurrogate(in LiveOfferWire wire) =>
        new(
            wire.Offer, wire.Helper, wire.Rung, wire.Need, wire.IssuedAt, wire.ExpiresAt, wire.IsDelivered, wire.Attempts,
            wire.SendAgainAt)
        {
            Order = wire.Order.FromWire(),
        };

    public readonly LiveOfferWire ConvertToSurrogate(in LiveOffer offer) => new()
    {
        Offer = offer.Offer,
        Helper = offer.Helper,
        Rung = offer.Rung,
        Need = offer.Need,
        IssuedAt = offer.IssuedAt,
        ExpiresAt = offer.ExpiresAt,
        IsDelivered = offer.IsDelivered,
        Attempts = offer.Attempts,
        SendAgainAt = offer.SendAgainAt,
        Order = offer.Order.ToWire(),
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1124, "cg.round")]
internal struct RoundWire() : IConverter<Round, RoundWire>
{
    [Id(0)]
    public required RoundKind Kind;

    [Id(1)]
    public required Instant At;

    [Id(2)]
    public required int Visit;

    [Id(3)]
    public required int Rung;

    [Id(4)]
    public required int Rings;

    [Id(5)]
    public required int CellsAsked;

    [Id(6)]
    public required int CellsAnswered;

    [Id(7)]
    public required Candidate[]? Candidates;

    [Id(8)]
    public required NotAsked[]? NotAsked;

    [Id(9)]
    public required ReasonCount[]? NotAskedCounts;

    public readonly Round ConvertFromSurrogate(in RoundWire wire) =>
        new(
            wire.Kind, wire.At, wire.Visit, wire.Rung, wire.Rings, wire.CellsAsked, wire.CellsAnswered, wire.Candidates.FromWire(),
            wire.NotAsked.FromWire(), wire.NotAskedCounts.FromWire());

    public readonly RoundWire ConvertToSurrogate(in Round round) => new()
    {
        Kind = round.Kind,
        At = round.At,
        Visit = round.Visit,
        Rung = round.Rung,
        Rings = round.Rings,
        CellsAsked = round.CellsAsked,
        CellsAnswered = round.CellsAnswered,
        Candidates = round.Candidates.ToWire(),
        NotAsked = round.NotAsked.ToWire(),
        NotAskedCounts = round.NotAskedCounts.ToWire(),
    };
}
