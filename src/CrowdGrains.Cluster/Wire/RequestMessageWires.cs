using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Cluster.Wire;

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1070, "cg.helpers-found")]
internal struct HelpersFoundWire() : IConverter<HelpersFound, HelpersFoundWire>
{
    [Id(0)]
    public required int Search;

    [Id(1)]
    public required int Slot;

    [Id(2)]
    public required Candidate[]? Candidates;

    [Id(3)]
    public required NotAsked[]? NotAsked;

    [Id(4)]
    public required ReasonCount[]? NotAskedCounts;

    public readonly HelpersFound ConvertFromSurrogate(in HelpersFoundWire wire) =>
        new(wire.Search, wire.Slot, wire.Candidates.FromWire(), wire.NotAsked.FromWire(), wire.NotAskedCounts.FromWire());

    public readonly HelpersFoundWire ConvertToSurrogate(in HelpersFound message) => new()
    {
        Search = message.Search,
        Slot = message.Slot,
        Candidates = message.Candidates.ToWire(),
        NotAsked = message.NotAsked.ToWire(),
        NotAskedCounts = message.NotAskedCounts.ToWire(),
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1071, "cg.propose-helper")]
internal struct ProposeHelperWire() : IConverter<ProposeHelper, ProposeHelperWire>
{
    [Id(0)]
    public required HelperCard Card;

    [Id(1)]
    public required UnitVector Place;

    public readonly ProposeHelper ConvertFromSurrogate(in ProposeHelperWire wire) => new(wire.Card, wire.Place);

    public readonly ProposeHelperWire ConvertToSurrogate(in ProposeHelper message) => new() { Card = message.Card, Place = message.Place };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1072, "cg.offer-delivered")]
internal struct OfferDeliveredWire() : IConverter<OfferDelivered, OfferDeliveredWire>
{
    [Id(0)]
    public required OfferId Offer;

    [Id(1)]
    public required int EtaSeconds;

    public readonly OfferDelivered ConvertFromSurrogate(in OfferDeliveredWire wire) => new(wire.Offer, wire.EtaSeconds);

    public readonly OfferDeliveredWire ConvertToSurrogate(in OfferDelivered message) =>
        new() { Offer = message.Offer, EtaSeconds = message.EtaSeconds };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1073, "cg.offer-refused")]
internal struct OfferRefusedWire() : IConverter<OfferRefused, OfferRefusedWire>
{
    [Id(0)]
    public required OfferId Offer;

    [Id(1)]
    public required NotAskedReason Reason;

    public readonly OfferRefused ConvertFromSurrogate(in OfferRefusedWire wire) => new(wire.Offer, wire.Reason);

    public readonly OfferRefusedWire ConvertToSurrogate(in OfferRefused message) =>
        new() { Offer = message.Offer, Reason = message.Reason };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1074, "cg.offer-accepted")]
internal struct OfferAcceptedWire() : IConverter<OfferAccepted, OfferAcceptedWire>
{
    [Id(0)]
    public required OfferId Offer;

    [Id(1)]
    public required HelperId Helper;

    [Id(2)]
    public required int EtaSeconds;

    public readonly OfferAccepted ConvertFromSurrogate(in OfferAcceptedWire wire) => new(wire.Offer, wire.Helper, wire.EtaSeconds);

    public readonly OfferAcceptedWire ConvertToSurrogate(in OfferAccepted message) =>
        new() { Offer = message.Offer, Helper = message.Helper, EtaSeconds = message.EtaSeconds };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1075, "cg.offer-declined")]
internal struct OfferDeclinedWire() : IConverter<OfferDeclined, OfferDeclinedWire>
{
    [Id(0)]
    public required OfferId Offer;

    [Id(1)]
    public required DeclineReason Reason;

    [Id(2)]
    public required Instant? AskAgainAt;

    public readonly OfferDeclined ConvertFromSurrogate(in OfferDeclinedWire wire) => new(wire.Offer, wire.Reason, wire.AskAgainAt);

    public readonly OfferDeclinedWire ConvertToSurrogate(in OfferDeclined message) =>
        new() { Offer = message.Offer, Reason = message.Reason, AskAgainAt = message.AskAgainAt };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1076, "cg.offer-expired")]
internal struct OfferExpiredWire() : IConverter<OfferExpired, OfferExpiredWire>
{
    [Id(0)]
    public required OfferId Offer;

    public readonly OfferExpired ConvertFromSurrogate(in OfferExpiredWire wire) => new(wire.Offer);

    public readonly OfferExpiredWire ConvertToSurrogate(in OfferExpired message) => new() { Offer = message.Offer };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1077, "cg.helper-released")]
internal struct HelperReleasedWire() : IConverter<HelperReleased, HelperReleasedWire>
{
    [Id(0)]
    public required OfferId Offer;

    public readonly HelperReleased ConvertFromSurrogate(in HelperReleasedWire wire) => new(wire.Offer);

    public readonly HelperReleasedWire ConvertToSurrogate(in HelperReleased message) => new() { Offer = message.Offer };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1078, "cg.rating-counted")]
internal struct RatingCountedWire() : IConverter<RatingCounted, RatingCountedWire>
{
    [Id(0)]
    public required HelperId Helper;

    public readonly RatingCounted ConvertFromSurrogate(in RatingCountedWire wire) => new(wire.Helper);

    public readonly RatingCountedWire ConvertToSurrogate(in RatingCounted message) => new() { Helper = message.Helper };
}
