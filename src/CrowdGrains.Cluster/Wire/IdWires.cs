using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Cluster.Wire;

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1000, "cg.helper-id")]
internal struct HelperIdWire() : IConverter<HelperId, HelperIdWire>
{
    [Id(0)]
    public required string? Value;

    public readonly HelperId ConvertFromSurrogate(in HelperIdWire wire) => wire.Value is null ? default : HelperId.From(wire.Value);

    public readonly HelperIdWire ConvertToSurrogate(in HelperId id) => new() { Value = id.Value };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1001, "cg.request-id")]
internal struct RequestIdWire() : IConverter<RequestId, RequestIdWire>
{
    [Id(0)]
    public required string? Value;

    public readonly RequestId ConvertFromSurrogate(in RequestIdWire wire) => wire.Value is null ? default : RequestId.From(wire.Value);

    public readonly RequestIdWire ConvertToSurrogate(in RequestId id) => new() { Value = id.Value };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1002, "cg.partner-id")]
internal struct PartnerIdWire() : IConverter<PartnerId, PartnerIdWire>
{
    [Id(0)]
    public required string? Value;

    public readonly PartnerId ConvertFromSurrogate(in PartnerIdWire wire) => wire.Value is null ? default : PartnerId.From(wire.Value);

    public readonly PartnerIdWire ConvertToSurrogate(in PartnerId id) => new() { Value = id.Value };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1003, "cg.customer-id")]
internal struct CustomerIdWire() : IConverter<CustomerId, CustomerIdWire>
{
    [Id(0)]
    public required string? Value;

    public readonly CustomerId ConvertFromSurrogate(in CustomerIdWire wire) => wire.Value is null ? default : CustomerId.From(wire.Value);

    public readonly CustomerIdWire ConvertToSurrogate(in CustomerId id) => new() { Value = id.Value };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1004, "cg.operation-id")]
internal struct OperationIdWire() : IConverter<OperationId, OperationIdWire>
{
    [Id(0)]
    public required string? Value;

    public readonly OperationId ConvertFromSurrogate(in OperationIdWire wire) => wire.Value is null ? default : OperationId.From(wire.Value);

    public readonly OperationIdWire ConvertToSurrogate(in OperationId id) => new() { Value = id.Value };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1005, "cg.offer-id")]
internal struct OfferIdWire() : IConverter<OfferId, OfferIdWire>
{
    [Id(0)]
    public required string? Value;

    public readonly OfferId ConvertFromSurrogate(in OfferIdWire wire) => wire.Value is null ? default : OfferId.From(wire.Value);

    public readonly OfferIdWire ConvertToSurrogate(in OfferId id) => new() { Value = id.Value };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1006, "cg.grain-id")]
internal struct GrainIdWire() : IConverter<GrainId, GrainIdWire>
{
    [Id(0)]
    public required GrainKind Kind;

    [Id(1)]
    public required string? Name;

    [Id(2)]
    public required CellIndex Cell;

    public readonly GrainId ConvertFromSurrogate(in GrainIdWire wire) => (wire.Kind, wire.Name) switch
    {
        (GrainKind.Helper, { } name) => HelperId.From(name),
        (GrainKind.Request, { } name) => RequestId.From(name),
        (GrainKind.Cell, _) => wire.Cell,
        _ => default,
    };

    public readonly GrainIdWire ConvertToSurrogate(in GrainId id) => id.Kind is GrainKind.Helper or GrainKind.Request
        ? new() { Kind = id.Kind, Name = id.Name, Cell = default }
        : new() { Kind = id.Kind, Name = null, Cell = id.Cell };
}
