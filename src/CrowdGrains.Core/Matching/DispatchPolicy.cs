using System.Collections.Immutable;

namespace CrowdGrains.Core.Matching;

/// <summary>Which waiting request a helper takes who comes free.</summary>
public enum WaitingLine : byte
{
    /// <summary>The one that has waited longest: a plain waiting line.</summary>
    OldestFirst,

    /// <summary>The nearest one, with credit for severity and for the time it has waited.</summary>
    NearestFirst,
}

/// <summary>How candidates are ranked and waiting requests are ordered: numbers, not code, so that policies can be compared on one day of demand.</summary>
/// <param name="Name">What configuration and reports call it.</param>
/// <param name="RepeatVisitSeconds">What a second visit costs; weighs the chance of a fix. 0 ignores it.</param>
/// <param name="LoyaltySeconds">What the helper who served the customer before is worth.</param>
/// <param name="FairnessPermille">The credit for a second a helper has waited for a job, up to an hour.</param>
/// <param name="ScarcitySeconds">What a skill level too many costs.</param>
/// <param name="WaitingLine">Which waiting request goes first.</param>
/// <param name="SeverityCreditSeconds">Nearest first: the credit for one step of severity.</param>
/// <param name="WaitCreditPermille">Nearest first: the credit for a second waited.</param>
public sealed record DispatchPolicy(
    string Name,
    int RepeatVisitSeconds,
    int LoyaltySeconds,
    int FairnessPermille,
    int ScarcitySeconds,
    WaitingLine WaitingLine,
    int SeverityCreditSeconds,
    int WaitCreditPermille)
{
    /// <summary>The nearest helper, and a plain waiting line: what most dispatch software does.</summary>
    public static readonly DispatchPolicy Nearest = new("nearest", 0, 0, 0, 0, WaitingLine.OldestFirst, 0, 0);

    /// <summary>Effectiveness first, then the time to arrive, then fairness; a helper coming free takes the nearest waiting request.</summary>
    public static readonly DispatchPolicy Score = new("score", 1800, 600, 20, 30, WaitingLine.NearestFirst, 300, 50);

    public static readonly ImmutableArray<DispatchPolicy> All = [Nearest, Score];

    public static bool TryFind(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DispatchPolicy? policy)
    {
        policy = All.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.Ordinal));
        return policy is not null;
    }
}
