using CrowdGrains.Core.Turns;

namespace CrowdGrains.Cluster.Wire;

/// <summary>The plain Ok is nothing on the wire, and is the one that all share again.</summary>
[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1020, "cg.answer")]
internal struct AnswerWire() : IConverter<Answer, AnswerWire>
{
    [Id(0)]
    public required AnswerCode Code;

    [Id(1)]
    public required string? Field;

    [Id(2)]
    public required string? Detail;

    public readonly Answer ConvertFromSurrogate(in AnswerWire wire) => wire is { Code: AnswerCode.Ok, Field: null, Detail: null }
        ? Answer.Ok
        : new(wire.Code, wire.Field.FromWire(), wire.Detail.FromWire());

    public readonly AnswerWire ConvertToSurrogate(in Answer answer) =>
        new() { Code = answer.Code, Field = answer.Field.ToWire(), Detail = answer.Detail.ToWire() };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1021, "cg.timer-fired")]
internal struct TimerFiredWire() : IConverter<TimerFired, TimerFiredWire>
{
    [Id(0)]
    public required TimerKey Key;

    public readonly TimerFired ConvertFromSurrogate(in TimerFiredWire wire) => new(wire.Key);

    public readonly TimerFiredWire ConvertToSurrogate(in TimerFired message) => new() { Key = message.Key };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1022, "cg.versions")]
internal struct VersionsWire() : IConverter<Versions, VersionsWire>
{
    [Id(0)]
    public required long[]? Named;

    public readonly Versions ConvertFromSurrogate(in VersionsWire wire) => new(wire.Named.FromWire());

    public readonly VersionsWire ConvertToSurrogate(in Versions versions) => new() { Named = versions.Named.ToWire() };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1023, "cg.labels")]
internal struct LabelsWire() : IConverter<Labels, LabelsWire>
{
    [Id(0)]
    public required string? ExternalId;

    [Id(1)]
    public required KeyValuePair<string, string>[]? Metadata;

    public readonly Labels ConvertFromSurrogate(in LabelsWire wire) => new(wire.ExternalId.FromWire(), wire.Metadata.FromWire());

    public readonly LabelsWire ConvertToSurrogate(in Labels labels) =>
        new() { ExternalId = labels.ExternalId.ToWire(), Metadata = labels.Metadata.ToWire() };
}
