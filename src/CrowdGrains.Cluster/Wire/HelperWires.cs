using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Cluster.Wire;

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1110, "cg.helper-card")]
internal struct HelperCardWire() : IConverter<HelperCard, HelperCardWire>
{
    [Id(0)]
    public required HelperId Id;

    [Id(1)]
    public required HelperProfile Profile;

    [Id(2)]
    public required HelperStatistics Statistics;

    [Id(3)]
    public required Instant Until;

    public readonly HelperCard ConvertFromSurrogate(in HelperCardWire wire) => new(wire.Id, wire.Profile, wire.Statistics, wire.Until);

    public readonly HelperCardWire ConvertToSurrogate(in HelperCard card) =>
        new() { Id = card.Id, Profile = card.Profile, Statistics = card.Statistics, Until = card.Until };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1111, "cg.helper-profile")]
internal struct HelperProfileWire() : IConverter<HelperProfile, HelperProfileWire>
{
    [Id(0)]
    public required string? Name;

    [Id(1)]
    public required Tier Tier;

    [Id(2)]
    public required Skill[]? Skills;

    [Id(3)]
    public required string[]? Languages;

    [Id(4)]
    public required int RadiusMeters;

    [Id(5)]
    public required int Capacity;

    [Id(6)]
    public required PartnerId? Partner;

    [Id(7)]
    public required Labels? Labels;

    public readonly HelperProfile ConvertFromSurrogate(in HelperProfileWire wire) =>
        new(
            wire.Name.FromWire(), wire.Tier, wire.Skills.FromWire(), wire.Languages.FromWire(), wire.RadiusMeters, wire.Capacity,
            wire.Partner)
        {
            Labels = wire.Labels ?? Labels.None,
        };

    public readonly HelperProfileWire ConvertToSurrogate(in HelperProfile profile) => new()
    {
        Name = profile.Name.ToWire(),
        Tier = profile.Tier,
        Skills = profile.Skills.ToWire(),
        Languages = profile.Languages.ToWire(),
        RadiusMeters = profile.RadiusMeters,
        Capacity = profile.Capacity,
        Partner = profile.Partner,
        Labels = profile.Labels == Labels.None ? null : profile.Labels,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1112, "cg.helper-statistics")]
internal struct HelperStatisticsWire() : IConverter<HelperStatistics, HelperStatisticsWire>
{
    [Id(0)]
    public required int Visits;

    [Id(1)]
    public required int Resolved;

    [Id(2)]
    public required int Ratings;

    [Id(3)]
    public required int Stars;

    [Id(4)]
    public required Instant FreeSince;

    public readonly HelperStatistics ConvertFromSurrogate(in HelperStatisticsWire wire) =>
        new(wire.Visits, wire.Resolved, wire.Ratings, wire.Stars, wire.FreeSince);

    public readonly HelperStatisticsWire ConvertToSurrogate(in HelperStatistics statistics) => new()
    {
        Visits = statistics.Visits,
        Resolved = statistics.Resolved,
        Ratings = statistics.Ratings,
        Stars = statistics.Stars,
        FreeSince = statistics.FreeSince,
    };
}

[GenerateSerializer, OmitDefaultMemberValues, RegisterConverter, WireName(1113, "cg.skill")]
internal struct SkillWire() : IConverter<Skill, SkillWire>
{
    [Id(0)]
    public required string? Name;

    [Id(1)]
    public required int Level;

    [Id(2)]
    public required Instant CertifiedUntil;

    public readonly Skill ConvertFromSurrogate(in SkillWire wire) => new(wire.Name.FromWire(), wire.Level, wire.CertifiedUntil);

    public readonly SkillWire ConvertToSurrogate(in Skill skill) =>
        new() { Name = skill.Name.ToWire(), Level = skill.Level, CertifiedUntil = skill.CertifiedUntil };
}
