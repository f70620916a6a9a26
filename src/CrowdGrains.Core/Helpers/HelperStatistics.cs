using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Helpers;

/// <summary>What a helper's past says about its next visit. Counts only, so that every engine computes the same.</summary>
public readonly record struct HelperStatistics(int Visits, int Resolved, int Ratings, int Stars, Instant FreeSince)
{
    /// <summary>How often visits resolved the problem, in permille, with ten visits at 850 assumed before the first.</summary>
    public int ResolvedPermille => (Resolved * 1000 + 8500) / (Visits + 10);

    public HelperStatistics WithVisit(bool resolved) => this with { Visits = Visits + 1, Resolved = Resolved + (resolved ? 1 : 0) };

    public HelperStatistics WithRating(int stars) => this with { Ratings = Ratings + 1, Stars = Stars + stars };
}
