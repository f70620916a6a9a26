using CrowdGrains.Api.Bodies;
using CrowdGrains.Api.Calls;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using Skill = CrowdGrains.Core.Helpers.Skill;

namespace CrowdGrains.Api.Helpers;

/// <summary>From registrations and patches to the profile of the rules, which judge its values.</summary>
internal static class HelperProfiles
{
    private const int MaxTagLength = 35;
    private const int DefaultCapacity = 1;

    public static HelperProfile Read(HelperRegistration registration, PartnerId? partner, Fields fields) => new(
        fields.Required("/name", registration.Name),
        fields.Required("/tier", registration.Tier).ToCore(),
        SkillsOf(fields, Required(fields, registration.Skills)),
        fields.Texts("/languages", registration.Languages, MaxTagLength),
        fields.Required("/radiusMeters", registration.RadiusMeters),
        registration.Capacity ?? DefaultCapacity,
        partner)
    {
        Labels = fields.Labels(registration.ExternalId, registration.Metadata),
    };

    public static HelperProfile Apply(HelperPatch patch, HelperProfile profile, Fields fields) => profile with
    {
        Name = patch.Name ?? profile.Name,
        Tier = patch.Tier?.ToCore() ?? profile.Tier,
        Skills = patch.Skills is null ? profile.Skills : SkillsOf(fields, patch.Skills),
        Languages = patch.Languages is null ? profile.Languages : fields.Texts("/languages", patch.Languages, MaxTagLength),
        RadiusMeters = patch.RadiusMeters ?? profile.RadiusMeters,
        Capacity = patch.Capacity ?? profile.Capacity,
        Labels = new Labels(
            patch.ExternalId ?? profile.Labels.ExternalId,
            patch.Metadata is null ? profile.Labels.Metadata : fields.Labels(null, patch.Metadata).Metadata),
    };

    private static IReadOnlyList<Client.Contract.Skill>? Required(Fields fields, IReadOnlyList<Client.Contract.Skill>? skills)
    {
        if (skills is null)
        {
            fields.Refuse("/skills", "is required");
        }

        return skills;
    }

    private static System.Collections.Immutable.ImmutableArray<Skill> SkillsOf(Fields fields, IReadOnlyList<Client.Contract.Skill>? skills) =>
        fields.List("/skills", skills, (pointer, skill) =>
        {
            if (skill.Certified is not null)
            {
                fields.Refuse($"{pointer}/certified", "belongs to requests; a helper has certifiedUntil");
            }

            return new Skill(
                fields.Required($"{pointer}/name", skill.Name),
                fields.Required($"{pointer}/level", skill.Level),
                fields.Time($"{pointer}/certifiedUntil", skill.CertifiedUntil) ?? Instant.Never);
        });
}
