using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Cluster.Wire;

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1060, "cg.submit-request")]
internal struct SubmitRequestWire() : IConverter<SubmitRequest, SubmitRequestWire>
{
    [Id(0)]
    public required OperationId Operation;

    [Id(1)]
    public required Versions? IfVersion;

    [Id(2)]
    public required string? Actor;

    [Id(3)]
    public required RequestSpec Spec;

    public readonly SubmitRequest ConvertFromSurrogate(in SubmitRequestWire wire) =>
        new(wire.Operation, wire.Spec) { IfVersion = wire.IfVersion, Actor = wire.Actor.FromWire() };

    public readonly SubmitRequestWire ConvertToSurrogate(in SubmitRequest message) =>
        new() { Operation = message.Operation, IfVersion = message.IfVersion, Actor = message.Actor.ToWire(), Spec = message.Spec };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1061, "cg.cancel-request")]
internal struct CancelRequestWire() : IConverter<CancelRequest, CancelRequestWire>
{
    [Id(0)]
    public required OperationId Operation;

    [Id(1)]
    public required Versions? IfVersion;

    [Id(2)]
    public required string? Actor;

    [Id(3)]
    public required string? Reason;

    public readonly CancelRequest ConvertFromSurrogate(in CancelRequestWire wire) =>
        new(wire.Operation, wire.Reason.FromWire()) { IfVersion = wire.IfVersion, Actor = wire.Actor.FromWire() };

    public readonly CancelRequestWire ConvertToSurrogate(in CancelRequest message) => new()
    {
        Operation = message.Operation,
        IfVersion = message.IfVersion,
        Actor = message.Actor.ToWire(),
        Reason = message.Reason.ToWire(),
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1062, "cg.rate-request")]
internal struct RateRequestWire() : IConverter<RateRequest, RateRequestWire>
{
    [Id(0)]
    public required OperationId Operation;

    [Id(1)]
    public required Versions? IfVersion;

    [Id(2)]
    public required string? Actor;

    [Id(3)]
    public required int Stars;

    [Id(4)]
    public required bool Resolved;

    public readonly RateRequest ConvertFromSurrogate(in RateRequestWire wire) =>
        new(wire.Operation, wire.Stars, wire.Resolved) { IfVersion = wire.IfVersion, Actor = wire.Actor.FromWire() };

    public readonly RateRequestWire ConvertToSurrogate(in RateRequest message) => new()
    {
        Operation = message.Operation,
        IfVersion = message.IfVersion,
        Actor = message.Actor.ToWire(),
        Stars = message.Stars,
        Resolved = message.Resolved,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1063, "cg.forget-customer")]
internal struct ForgetCustomerWire() : IConverter<ForgetCustomer, ForgetCustomerWire>
{
    [Id(0)]
    public required OperationId Operation;

    [Id(1)]
    public required Versions? IfVersion;

    [Id(2)]
    public required string? Actor;

    public readonly ForgetCustomer ConvertFromSurrogate(in ForgetCustomerWire wire) =>
        new(wire.Operation) { IfVersion = wire.IfVersion, Actor = wire.Actor.FromWire() };

    public readonly ForgetCustomerWire ConvertToSurrogate(in ForgetCustomer message) =>
        new() { Operation = message.Operation, IfVersion = message.IfVersion, Actor = message.Actor.ToWire() };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1064, "cg.report-en-route")]
internal struct ReportEnRouteWire() : IConverter<ReportEnRoute, ReportEnRouteWire>
{
    [Id(0)]
    public required OperationId Operation;

    [Id(1)]
    public required Versions? IfVersion;

    [Id(2)]
    public required string? Actor;

    [Id(3)]
    public required HelperId Helper;

    public readonly ReportEnRoute ConvertFromSurrogate(in ReportEnRouteWire wire) =>
        new(wire.Operation, wire.Helper) { IfVersion = wire.IfVersion, Actor = wire.Actor.FromWire() };

    public readonly ReportEnRouteWire ConvertToSurrogate(in ReportEnRoute message) =>
        new() { Operation = message.Operation, IfVersion = message.IfVersion, Actor = message.Actor.ToWire(), Helper = message.Helper };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1065, "cg.report-arrival")]
internal struct ReportArrivalWire() : IConverter<ReportArrival, ReportArrivalWire>
{
    [Id(0)]
    public required OperationId Operation;

    [Id(1)]
    public required Versions? IfVersion;

    [Id(2)]
    public required string? Actor;

    [Id(3)]
    public required HelperId Helper;

    public readonly ReportArrival ConvertFromSurrogate(in ReportArrivalWire wire) =>
        new(wire.Operation, wire.Helper) { IfVersion = wire.IfVersion, Actor = wire.Actor.FromWire() };

    public readonly ReportArrivalWire ConvertToSurrogate(in ReportArrival message) =>
        new() { Operation = message.Operation, IfVersion = message.IfVersion, Actor = message.Actor.ToWire(), Helper = message.Helper };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1066, "cg.complete-visit")]
internal struct CompleteVisitWire() : IConverter<CompleteVisit, CompleteVisitWire>
{
    [Id(0)]
    public required OperationId Operation;

    [Id(1)]
    public required Versions? IfVersion;

    [Id(2)]
    public required string? Actor;

    [Id(3)]
    public required HelperId Helper;

    [Id(4)]
    public required bool Resolved;

    public readonly CompleteVisit ConvertFromSurrogate(in CompleteVisitWire wire) =>
        new(wire.Operation, wire.Helper, wire.Resolved) { IfVersion = wire.IfVersion, Actor = wire.Actor.FromWire() };

    public readonly CompleteVisitWire ConvertToSurrogate(in CompleteVisit message) => new()
    {
        Operation = message.Operation,
        IfVersion = message.IfVersion,
        Actor = message.Actor.ToWire(),
        Helper = message.Helper,
        Resolved = message.Resolved,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1067, "cg.abort-visit")]
internal struct AbortVisitWire() : IConverter<AbortVisit, AbortVisitWire>
{
    [Id(0)]
    public required OperationId Operation;

    [Id(1)]
    public required Versions? IfVersion;

    [Id(2)]
    public required string? Actor;

    [Id(3)]
    public required HelperId Helper;

    [Id(4)]
    public required string? Reason;

    public readonly AbortVisit ConvertFromSurrogate(in AbortVisitWire wire) =>
        new(wire.Operation, wire.Helper, wire.Reason.FromWire()) { IfVersion = wire.IfVersion, Actor = wire.Actor.FromWire() };

    public readonly AbortVisitWire ConvertToSurrogate(in AbortVisit message) => new()
    {
        Operation = message.Operation,
        IfVersion = message.IfVersion,
        Actor = message.Actor.ToWire(),
        Helper = message.Helper,
        Reason = message.Reason.ToWire(),
    };
}
