using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Cluster.Wire;

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1040, "cg.register-helper")]
internal struct RegisterHelperWire() : IConverter<RegisterHelper, RegisterHelperWire>
{
    [Id(0)]
    public required OperationId Operation;

    [Id(1)]
    public required Versions? IfVersion;

    [Id(2)]
    public required string? Actor;

    [Id(3)]
    public required HelperProfile Profile;

    [Id(4)]
    public required LatLng? Position;

    public readonly RegisterHelper ConvertFromSurrogate(in RegisterHelperWire wire) =>
        new(wire.Operation, wire.Profile, wire.Position) { IfVersion = wire.IfVersion, Actor = wire.Actor.FromWire() };

    public readonly RegisterHelperWire ConvertToSurrogate(in RegisterHelper message) => new()
    {
        Operation = message.Operation,
        IfVersion = message.IfVersion,
        Actor = message.Actor.ToWire(),
        Profile = message.Profile,
        Position = message.Position,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1041, "cg.update-helper")]
internal struct UpdateHelperWire() : IConverter<UpdateHelper, UpdateHelperWire>
{
    [Id(0)]
    public required OperationId Operation;

    [Id(1)]
    public required Versions? IfVersion;

    [Id(2)]
    public required string? Actor;

    [Id(3)]
    public required HelperProfile Profile;

    public readonly UpdateHelper ConvertFromSurrogate(in UpdateHelperWire wire) =>
        new(wire.Operation, wire.Profile) { IfVersion = wire.IfVersion, Actor = wire.Actor.FromWire() };

    public readonly UpdateHelperWire ConvertToSurrogate(in UpdateHelper message) => new()
    {
        Operation = message.Operation,
        IfVersion = message.IfVersion,
        Actor = message.Actor.ToWire(),
        Profile = message.Profile,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1042, "cg.go-online")]
internal struct GoOnlineWire() : IConverter<GoOnline, GoOnlineWire>
{
    [Id(0)]
    public required OperationId Operation;

    [Id(1)]
    public required Versions? IfVersion;

    [Id(2)]
    public required string? Actor;

    [Id(3)]
    public required LatLng Position;

    [Id(4)]
    public required Instant? Until;

    public readonly GoOnline ConvertFromSurrogate(in GoOnlineWire wire) =>
        new(wire.Operation, wire.Position, wire.Until) { IfVersion = wire.IfVersion, Actor = wire.Actor.FromWire() };

    public readonly GoOnlineWire ConvertToSurrogate(in GoOnline message) => new()
    {
        Operation = message.Operation,
        IfVersion = message.IfVersion,
        Actor = message.Actor.ToWire(),
        Position = message.Position,
        Until = message.Until,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1043, "cg.go-offline")]
internal struct GoOfflineWire() : IConverter<GoOffline, GoOfflineWire>
{
    [Id(0)]
    public required OperationId Operation;

    [Id(1)]
    public required Versions? IfVersion;

    [Id(2)]
    public required string? Actor;

    public readonly GoOffline ConvertFromSurrogate(in GoOfflineWire wire) =>
        new(wire.Operation) { IfVersion = wire.IfVersion, Actor = wire.Actor.FromWire() };

    public readonly GoOfflineWire ConvertToSurrogate(in GoOffline message) =>
        new() { Operation = message.Operation, IfVersion = message.IfVersion, Actor = message.Actor.ToWire() };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1044, "cg.take-break")]
internal struct TakeBreakWire() : IConverter<TakeBreak, TakeBreakWire>
{
    [Id(0)]
    public required OperationId Operation;

    [Id(1)]
    public required Versions? IfVersion;

    [Id(2)]
    public required string? Actor;

    public readonly TakeBreak ConvertFromSurrogate(in TakeBreakWire wire) =>
        new(wire.Operation) { IfVersion = wire.IfVersion, Actor = wire.Actor.FromWire() };

    public readonly TakeBreakWire ConvertToSurrogate(in TakeBreak message) =>
        new() { Operation = message.Operation, IfVersion = message.IfVersion, Actor = message.Actor.ToWire() };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1045, "cg.accept-offer")]
internal struct AcceptOfferWire() : IConverter<AcceptOffer, AcceptOfferWire>
{
    [Id(0)]
    public required OperationId Operation;

    [Id(1)]
    public required Versions? IfVersion;

    [Id(2)]
    public required string? Actor;

    [Id(3)]
    public required OfferId Offer;

    [Id(4)]
    public required OfferStep[]? IfSteps;

    public readonly AcceptOffer ConvertFromSurrogate(in AcceptOfferWire wire) =>
        new(wire.Operation, wire.Offer) { IfVersion = wire.IfVersion, Actor = wire.Actor.FromWire(), IfSteps = wire.IfSteps };

    public readonly AcceptOfferWire ConvertToSurrogate(in AcceptOffer message) => new()
    {
        Operation = message.Operation,
        IfVersion = message.IfVersion,
        Actor = message.Actor.ToWire(),
        Offer = message.Offer,
        IfSteps = message.IfSteps is { } steps ? [.. steps] : null,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1046, "cg.decline-offer")]
internal struct DeclineOfferWire() : IConverter<DeclineOffer, DeclineOfferWire>
{
    [Id(0)]
    public required OperationId Operation;

    [Id(1)]
    public required Versions? IfVersion;

    [Id(2)]
    public required string? Actor;

    [Id(3)]
    public required OfferId Offer;

    [Id(4)]
    public required DeclineReason Reason;

    [Id(5)]
    public required TimeSpan? AskAgainAfter;

    [Id(6)]
    public required OfferStep[]? IfSteps;

    public readonly DeclineOffer ConvertFromSurrogate(in DeclineOfferWire wire) =>
        new(wire.Operation, wire.Offer, wire.Reason, wire.AskAgainAfter)
        {
            IfVersion = wire.IfVersion,
            Actor = wire.Actor.FromWire(),
            IfSteps = wire.IfSteps,
        };

    public readonly DeclineOfferWire ConvertToSurrogate(in DeclineOffer message) => new()
    {
        Operation = message.Operation,
        IfVersion = message.IfVersion,
        Actor = message.Actor.ToWire(),
        Offer = message.Offer,
        Reason = message.Reason,
        AskAgainAfter = message.AskAgainAfter,
        IfSteps = message.IfSteps is { } steps ? [.. steps] : null,
    };
}
