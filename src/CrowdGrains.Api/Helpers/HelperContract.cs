using System.Collections.Immutable;
using CrowdGrains.Api.Calls;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Api.Helpers;

/// <summary>A helper as the contract shows it.</summary>
internal static class HelperContract
{
    // Seven digits are a centimetre; the rest is what the way through the unit sphere leaves behind.
    private const int CoordinateDigits = 7;

    public static Helper ToContract(this HelperSnapshot helper)
    {
        HelperProfile profile = helper.Card.Profile;
        HelperStatistics past = helper.Card.Statistics;
        return new Helper
        {
            Id = helper.Id.Value,
            Name = profile.Name,
            Tier = profile.Tier.ToContract(),
            Skills = [.. profile.Skills.Select(ToContract)],
            Languages = profile.Languages,
            RadiusMeters = profile.RadiusMeters,
            Capacity = profile.Capacity,
            PartnerId = profile.Partner?.Value,
            Presence = helper.Presence.ToContract(),
            Stale = helper.IsStale,
            Until = helper.Card.Until == Instant.Never ? null : helper.Card.Until.ToDateTimeOffset(),
            Position = helper.Position?.ToContract(),
            SeenAt = helper.Position is null || helper.SeenAt == Instant.Never ? null : helper.SeenAt.ToDateTimeOffset(),
            Visits = past.Visits,
            ResolvedVisits = past.Resolved,
            Ratings = past.Ratings,
            Stars = past.Ratings == 0 ? null : (double)past.Stars / past.Ratings,
            Jobs = [.. helper.Commitments.OfType<Bound>().Select(job => job.Request.Value)],
            ExternalId = profile.Labels.ExternalId is { Length: > 0 } externalId ? externalId : null,
            Metadata = profile.Labels.ToMetadata(),
        };
    }

    /// <summary>Of the version, and while a position is known also of that: it moves without a new version.</summary>
    public static string ETag(this HelperSnapshot helper) => helper.Position is null || helper.SeenAt == Instant.Never
        ? EntityTags.Of(helper.Version)
        : EntityTags.Of(helper.Version, helper.SeenAt.UnixMilliseconds);

    public static Position ToContract(this LatLng place) => new(Math.Round(place.Lat, CoordinateDigits), Math.Round(place.Lng, CoordinateDigits));

    public static IReadOnlyDictionary<string, string> ToMetadata(this Labels labels) => labels.Metadata.IsEmpty
        ? ImmutableDictionary<string, string>.Empty
        : labels.Metadata.ToDictionary(StringComparer.Ordinal);

    private static Client.Contract.Skill ToContract(Core.Helpers.Skill skill) => new(skill.Name, skill.Level)
    {
        CertifiedUntil = skill.CertifiedUntil == Instant.Never ? null : skill.CertifiedUntil.ToDateTimeOffset(),
    };
}
