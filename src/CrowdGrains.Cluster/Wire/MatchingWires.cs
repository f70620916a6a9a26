using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.H3;

namespace CrowdGrains.Cluster.Wire;

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1100, "cg.need")]
internal struct NeedWire() : IConverter<Need, NeedWire>
{
    [Id(0)]
    public required RequestId Request;

    [Id(1)]
    public required UnitVector Place;

    [Id(2)]
    public required Tier? Tier;

    [Id(3)]
    public required SkillNeed[]? Skills;

    [Id(4)]
    public required string[]? Languages;

    [Id(5)]
    public required int RadiusMeters;

    [Id(6)]
    public required TimeSpan Duration;

    [Id(7)]
    public required HelperId? Preferred;

    [Id(8)]
    public required HelperId[]? Excluded;

    public readonly Need ConvertFromSurrogate(in NeedWire wire) =>
        new(
            wire.Request, wire.Place, wire.Tier, wire.Skills.FromWire(), wire.Languages.FromWire(), wire.RadiusMeters,
            wire.Duration, wire.Preferred, wire.Excluded.FromWire());

    public readonly NeedWire ConvertToSurrogate(in Need need) => new()
    {
        Request = need.Request,
        Place = need.Place,
        Tier = need.Tier,
        Skills = need.Skills.ToWire(),
        Languages = need.Languages.ToWire(),
        RadiusMeters = need.RadiusMeters,
        Duration = need.Duration,
        Preferred = need.Preferred,
        Excluded = need.Excluded.ToWire(),
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1101, "cg.skill-need")]
internal struct SkillNeedWire() : IConverter<SkillNeed, SkillNeedWire>
{
    [Id(0)]
    public required string? Name;

    [Id(1)]
    public required int Level;

    [Id(2)]
    public required bool Certified;

    public readonly SkillNeed ConvertFromSurrogate(in SkillNeedWire wire) => new(wire.Name.FromWire(), wire.Level, wire.Certified);

    public readonly SkillNeedWire ConvertToSurrogate(in SkillNeed need) =>
        new() { Name = need.Name.ToWire(), Level = need.Level, Certified = need.Certified };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1102, "cg.candidate")]
internal struct CandidateWire() : IConverter<Candidate, CandidateWire>
{
    [Id(0)]
    public required HelperId Helper;

    [Id(1)]
    public required int DistanceMeters;

    [Id(2)]
    public required int EtaSeconds;

    [Id(3)]
    public required int Fix;

    [Id(4)]
    public required int Travel;

    [Id(5)]
    public required int Loyalty;

    [Id(6)]
    public required int Fairness;

    [Id(7)]
    public required int Scarcity;

    public readonly Candidate ConvertFromSurrogate(in CandidateWire wire) =>
        new(wire.Helper, wire.DistanceMeters, wire.EtaSeconds, new(wire.Fix, wire.Travel, wire.Loyalty, wire.Fairness, wire.Scarcity));

    public readonly CandidateWire ConvertToSurrogate(in Candidate candidate) => new()
    {
        Helper = candidate.Helper,
        DistanceMeters = candidate.DistanceMeters,
        EtaSeconds = candidate.EtaSeconds,
        Fix = candidate.Score.Fix,
        Travel = candidate.Score.Travel,
        Loyalty = candidate.Score.Loyalty,
        Fairness = candidate.Score.Fairness,
        Scarcity = candidate.Score.Scarcity,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1103, "cg.not-asked")]
internal struct NotAskedWire() : IConverter<NotAsked, NotAskedWire>
{
    [Id(0)]
    public required HelperId Helper;

    [Id(1)]
    public required NotAskedReason Reason;

    public readonly NotAsked ConvertFromSurrogate(in NotAskedWire wire) => new(wire.Helper, wire.Reason);

    public readonly NotAskedWire ConvertToSurrogate(in NotAsked named) => new() { Helper = named.Helper, Reason = named.Reason };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1104, "cg.reason-count")]
internal struct ReasonCountWire() : IConverter<ReasonCount, ReasonCountWire>
{
    [Id(0)]
    public required NotAskedReason Reason;

    [Id(1)]
    public required int Count;

    public readonly ReasonCount ConvertFromSurrogate(in ReasonCountWire wire) => new(wire.Reason, wire.Count);

    public readonly ReasonCountWire ConvertToSurrogate(in ReasonCount counted) => new() { Reason = counted.Reason, Count = counted.Count };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1105, "cg.waiting-request")]
internal struct WaitingRequestWire() : IConverter<WaitingRequest, WaitingRequestWire>
{
    [Id(0)]
    public required RequestId Request;

    [Id(1)]
    public required long Priority;

    [Id(2)]
    public required int EtaSeconds;

    public readonly WaitingRequest ConvertFromSurrogate(in WaitingRequestWire wire) => new(wire.Request, wire.Priority, wire.EtaSeconds);

    public readonly WaitingRequestWire ConvertToSurrogate(in WaitingRequest waiting) =>
        new() { Request = waiting.Request, Priority = waiting.Priority, EtaSeconds = waiting.EtaSeconds };
}
