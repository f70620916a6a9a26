using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Helpers;

/// <summary>
/// What a cell and a request need to know of a helper to judge it. Immutable and shared by reference: a new card is made when
/// the profile, the statistics or the shift change, not with every position.
/// </summary>
/// <param name="Until">The end of the shift; <see cref="Instant.Never"/> when none was named.</param>
public sealed record HelperCard(HelperId Id, HelperProfile Profile, HelperStatistics Statistics, Instant Until);
