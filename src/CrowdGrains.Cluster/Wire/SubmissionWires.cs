using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Cluster.Wire;

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1130, "cg.submission")]
internal struct SubmissionWire() : IConverter<Submission, SubmissionWire>
{
    [Id(0)]
    public required RequestSpec Spec;

    [Id(1)]
    public required Problem Problem;

    [Id(2)]
    public required SkillNeed[]? Skills;

    [Id(3)]
    public required Severity Severity;

    [Id(4)]
    public required Instant At;

    public readonly Submission ConvertFromSurrogate(in SubmissionWire wire) =>
        new(wire.Spec, wire.Problem, wire.Skills.FromWire(), wire.Severity, wire.At);

    public readonly SubmissionWire ConvertToSurrogate(in Submission submission) => new()
    {
        Spec = submission.Spec,
        Problem = submission.Problem,
        Skills = submission.Skills.ToWire(),
        Severity = submission.Severity,
        At = submission.At,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1131, "cg.request-spec")]
internal struct RequestSpecWire() : IConverter<RequestSpec, RequestSpecWire>
{
    [Id(0)]
    public required CustomerId Customer;

    [Id(1)]
    public required string? Problem;

    [Id(2)]
    public required SkillNeed[]? Skills;

    [Id(3)]
    public required LatLng Position;

    [Id(4)]
    public required string[]? Languages;

    [Id(5)]
    public required Severity? Severity;

    [Id(6)]
    public required Instant? NotBefore;

    [Id(7)]
    public required Instant? Deadline;

    [Id(8)]
    public required HelperId? Preferred;

    [Id(9)]
    public required string? Channel;

    [Id(10)]
    public required string? Description;

    [Id(11)]
    public required Labels? Labels;

    [Id(12)]
    public required PartnerId? Partner;

    public readonly RequestSpec ConvertFromSurrogate(in RequestSpecWire wire) =>
        new(
            wire.Customer, wire.Problem.FromWire(), wire.Skills.FromWire(), wire.Position, wire.Languages.FromWire(),
            wire.Severity, wire.NotBefore, wire.Deadline, wire.Preferred, wire.Channel.FromWire(), wire.Description.FromWire())
        {
            Labels = wire.Labels ?? Labels.None,
            Partner = wire.Partner,
        };

    public readonly RequestSpecWire ConvertToSurrogate(in RequestSpec spec) => new()
    {
        Customer = spec.Customer,
        Problem = spec.Problem.ToWire(),
        Skills = spec.Skills.ToWire(),
        Position = spec.Position,
        Languages = spec.Languages.ToWire(),
        Severity = spec.Severity,
        NotBefore = spec.NotBefore,
        Deadline = spec.Deadline,
        Preferred = spec.Preferred,
        Channel = spec.Channel.ToWire(),
        Description = spec.Description.ToWire(),
        Labels = spec.Labels == Labels.None ? null : spec.Labels,
        Partner = spec.Partner,
    };
}
