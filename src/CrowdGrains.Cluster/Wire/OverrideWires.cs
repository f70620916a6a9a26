using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Cluster.Wire;

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1086, "cg.assign-request")]
internal struct AssignRequestWire() : IConverter<AssignRequest, AssignRequestWire>
{
    [Id(0)]
    public required OperationId Operation;

    [Id(1)]
    public required Versions? IfVersion;

    [Id(2)]
    public required string? Actor;

    [Id(3)]
    public required HelperId Helper;

    public readonly AssignRequest ConvertFromSurrogate(in AssignRequestWire wire) =>
        new(wire.Operation, wire.Helper) { IfVersion = wire.IfVersion, Actor = wire.Actor.FromWire() };

    public readonly AssignRequestWire ConvertToSurrogate(in AssignRequest message) => new()
    {
        Operation = message.Operation,
        IfVersion = message.IfVersion,
        Actor = message.Actor.ToWire(),
        Helper = message.Helper,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1087, "cg.withdraw-helpers")]
internal struct WithdrawHelpersWire() : IConverter<WithdrawHelpers, WithdrawHelpersWire>
{
    [Id(0)]
    public required OperationId Operation;

    [Id(1)]
    public required Versions? IfVersion;

    [Id(2)]
    public required string? Actor;

    [Id(3)]
    public required string? Reason;

    public readonly WithdrawHelpers ConvertFromSurrogate(in WithdrawHelpersWire wire) =>
        new(wire.Operation, wire.Reason.FromWire()) { IfVersion = wire.IfVersion, Actor = wire.Actor.FromWire() };

    public readonly WithdrawHelpersWire ConvertToSurrogate(in WithdrawHelpers message) => new()
    {
        Operation = message.Operation,
        IfVersion = message.IfVersion,
        Actor = message.Actor.ToWire(),
        Reason = message.Reason.ToWire(),
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1088, "cg.change-severity")]
internal struct ChangeSeverityWire() : IConverter<ChangeSeverity, ChangeSeverityWire>
{
    [Id(0)]
    public required OperationId Operation;

    [Id(1)]
    public required Versions? IfVersion;

    [Id(2)]
    public required string? Actor;

    [Id(3)]
    public required Severity Severity;

    public readonly ChangeSeverity ConvertFromSurrogate(in ChangeSeverityWire wire) =>
        new(wire.Operation, wire.Severity) { IfVersion = wire.IfVersion, Actor = wire.Actor.FromWire() };

    public readonly ChangeSeverityWire ConvertToSurrogate(in ChangeSeverity message) => new()
    {
        Operation = message.Operation,
        IfVersion = message.IfVersion,
        Actor = message.Actor.ToWire(),
        Severity = message.Severity,
    };
}
