using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;

namespace CrowdGrains.Testing;

/// <summary>The rules of the tests: the tiny catalogue, travel by distance, and searches that are over after two rings or one candidate.</summary>
public static class TestRules
{
    public static readonly DispatchOptions Options = new() { EnoughCandidates = 1, MaxRings = 2 };

    public static readonly DispatchRules Default = With();

    public static DispatchRules With(DispatchOptions? options = null, DispatchPolicy? policy = null, Catalogue? catalogue = null) =>
        new(catalogue ?? TinyCatalogue.Value, policy ?? DispatchPolicy.Score, new DistanceTravelTime(), options ?? Options);
}
