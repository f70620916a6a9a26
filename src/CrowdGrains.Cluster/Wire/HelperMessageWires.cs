using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Cluster.Wire;

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1050, "cg.position-reported")]
internal struct PositionReportedWire() : IConverter<PositionReported, PositionReportedWire>
{
    [Id(0)]
    public required Instant At;

    [Id(1)]
    public required LatLng Position;

    public readonly PositionReported ConvertFromSurrogate(in PositionReportedWire wire) => new(wire.At, wire.Position);

    public readonly PositionReportedWire ConvertToSurrogate(in PositionReported message) =>
        new() { At = message.At, Position = message.Position };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1051, "cg.issue-offer")]
internal struct IssueOfferWire() : IConverter<IssueOffer, IssueOfferWire>
{
    [Id(0)]
    public required OfferId Offer;

    [Id(1)]
    public required RequestId Request;

    [Id(2)]
    public required Need Need;

    [Id(3)]
    public required Instant ExpiresAt;

    [Id(4)]
    public required string? Problem;

    [Id(5)]
    public required Money Fee;

    [Id(6)]
    public required CellIndex PlaceCell;

    [Id(7)]
    public required bool IsOrder;

    public readonly IssueOffer ConvertFromSurrogate(in IssueOfferWire wire) =>
        new(wire.Offer, wire.Request, wire.Need, wire.ExpiresAt, wire.Problem.FromWire(), wire.Fee, wire.PlaceCell) { IsOrder = wire.IsOrder };

    public readonly IssueOfferWire ConvertToSurrogate(in IssueOffer message) => new()
    {
        Offer = message.Offer,
        Request = message.Request,
        Need = message.Need,
        ExpiresAt = message.ExpiresAt,
        Problem = message.Problem.ToWire(),
        Fee = message.Fee,
        PlaceCell = message.PlaceCell,
        IsOrder = message.IsOrder,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1052, "cg.confirm-offer")]
internal struct ConfirmOfferWire() : IConverter<ConfirmOffer, ConfirmOfferWire>
{
    [Id(0)]
    public required OfferId Offer;

    public readonly ConfirmOffer ConvertFromSurrogate(in ConfirmOfferWire wire) => new(wire.Offer);

    public readonly ConfirmOfferWire ConvertToSurrogate(in ConfirmOffer message) => new() { Offer = message.Offer };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1053, "cg.withdraw-offer")]
internal struct WithdrawOfferWire() : IConverter<WithdrawOffer, WithdrawOfferWire>
{
    [Id(0)]
    public required OfferId Offer;

    [Id(1)]
    public required RequestId Request;

    [Id(2)]
    public required WithdrawReason Reason;

    public readonly WithdrawOffer ConvertFromSurrogate(in WithdrawOfferWire wire) => new(wire.Offer, wire.Request, wire.Reason);

    public readonly WithdrawOfferWire ConvertToSurrogate(in WithdrawOffer message) =>
        new() { Offer = message.Offer, Request = message.Request, Reason = message.Reason };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1054, "cg.release-helper")]
internal struct ReleaseHelperWire() : IConverter<ReleaseHelper, ReleaseHelperWire>
{
    [Id(0)]
    public required OfferId Offer;

    [Id(1)]
    public required RequestId Request;

    [Id(2)]
    public required ReleaseReason Reason;

    public readonly ReleaseHelper ConvertFromSurrogate(in ReleaseHelperWire wire) => new(wire.Offer, wire.Request, wire.Reason);

    public readonly ReleaseHelperWire ConvertToSurrogate(in ReleaseHelper message) =>
        new() { Offer = message.Offer, Request = message.Request, Reason = message.Reason };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1055, "cg.helper-rated")]
internal struct HelperRatedWire() : IConverter<HelperRated, HelperRatedWire>
{
    [Id(0)]
    public required RequestId Request;

    [Id(1)]
    public required int Stars;

    public readonly HelperRated ConvertFromSurrogate(in HelperRatedWire wire) => new(wire.Request, wire.Stars);

    public readonly HelperRatedWire ConvertToSurrogate(in HelperRated message) =>
        new() { Request = message.Request, Stars = message.Stars };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1056, "cg.requests-found")]
internal struct RequestsFoundWire() : IConverter<RequestsFound, RequestsFoundWire>
{
    [Id(0)]
    public required int Search;

    [Id(1)]
    public required int Slot;

    [Id(2)]
    public required WaitingRequest[]? Waiting;

    public readonly RequestsFound ConvertFromSurrogate(in RequestsFoundWire wire) => new(wire.Search, wire.Slot, wire.Waiting.FromWire());

    public readonly RequestsFoundWire ConvertToSurrogate(in RequestsFound message) =>
        new() { Search = message.Search, Slot = message.Slot, Waiting = message.Waiting.ToWire() };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1057, "cg.proposal-declined")]
internal struct ProposalDeclinedWire() : IConverter<ProposalDeclined, ProposalDeclinedWire>
{
    [Id(0)]
    public required RequestId Request;

    public readonly ProposalDeclined ConvertFromSurrogate(in ProposalDeclinedWire wire) => new(wire.Request);

    public readonly ProposalDeclinedWire ConvertToSurrogate(in ProposalDeclined message) => new() { Request = message.Request };
}
