using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Cluster.Wire;

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1114, "cg.helper-snapshot")]
internal struct HelperSnapshotWire() : IConverter<HelperSnapshot, HelperSnapshotWire>
{
    [Id(0)]
    public required HelperCard Card;

    [Id(1)]
    public required long Version;

    [Id(2)]
    public required Presence Presence;

    [Id(3)]
    public required bool IsStale;

    [Id(4)]
    public required LatLng? Position;

    [Id(5)]
    public required Instant SeenAt;

    [Id(6)]
    public required Commitment[]? Commitments;

    public readonly HelperSnapshot ConvertFromSurrogate(in HelperSnapshotWire wire) =>
        new(wire.Card, wire.Version, wire.Presence, wire.IsStale, wire.Position, wire.SeenAt, wire.Commitments.FromWire());

    public readonly HelperSnapshotWire ConvertToSurrogate(in HelperSnapshot helper) => new()
    {
        Card = helper.Card,
        Version = helper.Version,
        Presence = helper.Presence,
        IsStale = helper.IsStale,
        Position = helper.Position,
        SeenAt = helper.SeenAt,
        Commitments = helper.Commitments.ToWire(),
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1115, "cg.reserved")]
internal struct ReservedWire() : IConverter<Reserved, ReservedWire>
{
    [Id(0)]
    public required OfferId Offer;

    [Id(1)]
    public required RequestId Request;

    [Id(2)]
    public required Instant ExpiresAt;

    [Id(3)]
    public required int EtaSeconds;

    public readonly Reserved ConvertFromSurrogate(in ReservedWire wire) => new(wire.Offer, wire.Request, wire.ExpiresAt, wire.EtaSeconds);

    public readonly ReservedWire ConvertToSurrogate(in Reserved commitment) => new()
    {
        Offer = commitment.Offer,
        Request = commitment.Request,
        ExpiresAt = commitment.ExpiresAt,
        EtaSeconds = commitment.EtaSeconds,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1116, "cg.awaiting-verdict")]
internal struct AwaitingVerdictWire() : IConverter<AwaitingVerdict, AwaitingVerdictWire>
{
    [Id(0)]
    public required OfferId Offer;

    [Id(1)]
    public required RequestId Request;

    [Id(2)]
    public required Instant ExpiresAt;

    [Id(3)]
    public required int EtaSeconds;

    [Id(4)]
    public required OperationId Operation;

    [Id(5)]
    public required int Attempts;

    public readonly AwaitingVerdict ConvertFromSurrogate(in AwaitingVerdictWire wire) =>
        new(wire.Offer, wire.Request, wire.ExpiresAt, wire.EtaSeconds, wire.Operation.FromWire(), wire.Attempts);

    public readonly AwaitingVerdictWire ConvertToSurrogate(in AwaitingVerdict commitment) => new()
    {
        Offer = commitment.Offer,
        Request = commitment.Request,
        ExpiresAt = commitment.ExpiresAt,
        EtaSeconds = commitment.EtaSeconds,
        Operation = commitment.Operation.ToWire(),
        Attempts = commitment.Attempts,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1117, "cg.bound")]
internal struct BoundWire() : IConverter<Bound, BoundWire>
{
    [Id(0)]
    public required OfferId Offer;

    [Id(1)]
    public required RequestId Request;

    [Id(2)]
    public required Instant ExpiresAt;

    [Id(3)]
    public required int EtaSeconds;

    public readonly Bound ConvertFromSurrogate(in BoundWire wire) => new(wire.Offer, wire.Request, wire.ExpiresAt, wire.EtaSeconds);

    public readonly BoundWire ConvertToSurrogate(in Bound commitment) => new()
    {
        Offer = commitment.Offer,
        Request = commitment.Request,
        ExpiresAt = commitment.ExpiresAt,
        EtaSeconds = commitment.EtaSeconds,
    };
}
