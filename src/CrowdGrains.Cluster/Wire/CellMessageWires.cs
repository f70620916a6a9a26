using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Cluster.Wire;

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1080, "cg.enlist-helper")]
internal struct EnlistHelperWire() : IConverter<EnlistHelper, EnlistHelperWire>
{
    [Id(0)]
    public required HelperCard Card;

    [Id(1)]
    public required UnitVector Place;

    [Id(2)]
    public required long Number;

    [Id(3)]
    public required Instant LeaseUntil;

    public readonly EnlistHelper ConvertFromSurrogate(in EnlistHelperWire wire) => new(wire.Card, wire.Place, wire.Number, wire.LeaseUntil);

    public readonly EnlistHelperWire ConvertToSurrogate(in EnlistHelper message) =>
        new() { Card = message.Card, Place = message.Place, Number = message.Number, LeaseUntil = message.LeaseUntil };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1081, "cg.delist-helper")]
internal struct DelistHelperWire() : IConverter<DelistHelper, DelistHelperWire>
{
    [Id(0)]
    public required HelperId Helper;

    [Id(1)]
    public required long Number;

    public readonly DelistHelper ConvertFromSurrogate(in DelistHelperWire wire) => new(wire.Helper, wire.Number);

    public readonly DelistHelperWire ConvertToSurrogate(in DelistHelper message) =>
        new() { Helper = message.Helper, Number = message.Number };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1082, "cg.find-helpers")]
internal struct FindHelpersWire() : IConverter<FindHelpers, FindHelpersWire>
{
    [Id(0)]
    public required int Search;

    [Id(1)]
    public required int Slot;

    [Id(2)]
    public required Need Need;

    public readonly FindHelpers ConvertFromSurrogate(in FindHelpersWire wire) => new(wire.Search, wire.Slot, wire.Need);

    public readonly FindHelpersWire ConvertToSurrogate(in FindHelpers message) =>
        new() { Search = message.Search, Slot = message.Slot, Need = message.Need };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1083, "cg.list-request")]
internal struct ListRequestWire() : IConverter<ListRequest, ListRequestWire>
{
    [Id(0)]
    public required RequestId Request;

    [Id(1)]
    public required Need[]? Needs;

    [Id(2)]
    public required Severity Severity;

    [Id(3)]
    public required Instant WaitingSince;

    [Id(4)]
    public required long Number;

    [Id(5)]
    public required Instant LeaseUntil;

    public readonly ListRequest ConvertFromSurrogate(in ListRequestWire wire) =>
        new(wire.Request, wire.Needs.FromWire(), wire.Severity, wire.WaitingSince, wire.Number, wire.LeaseUntil);

    public readonly ListRequestWire ConvertToSurrogate(in ListRequest message) => new()
    {
        Request = message.Request,
        Needs = message.Needs.ToWire(),
        Severity = message.Severity,
        WaitingSince = message.WaitingSince,
        Number = message.Number,
        LeaseUntil = message.LeaseUntil,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1084, "cg.delist-request")]
internal struct DelistRequestWire() : IConverter<DelistRequest, DelistRequestWire>
{
    [Id(0)]
    public required RequestId Request;

    [Id(1)]
    public required long Number;

    public readonly DelistRequest ConvertFromSurrogate(in DelistRequestWire wire) => new(wire.Request, wire.Number);

    public readonly DelistRequestWire ConvertToSurrogate(in DelistRequest message) =>
        new() { Request = message.Request, Number = message.Number };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1085, "cg.find-requests")]
internal struct FindRequestsWire() : IConverter<FindRequests, FindRequestsWire>
{
    [Id(0)]
    public required int Search;

    [Id(1)]
    public required int Slot;

    [Id(2)]
    public required HelperCard Card;

    [Id(3)]
    public required UnitVector Place;

    public readonly FindRequests ConvertFromSurrogate(in FindRequestsWire wire) => new(wire.Search, wire.Slot, wire.Card, wire.Place);

    public readonly FindRequestsWire ConvertToSurrogate(in FindRequests message) =>
        new() { Search = message.Search, Slot = message.Slot, Card = message.Card, Place = message.Place };
}
