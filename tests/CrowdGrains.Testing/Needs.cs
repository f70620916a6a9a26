using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;

namespace CrowdGrains.Testing;

/// <summary>What requests of the tiny catalogue ask of a helper.</summary>
public static class Needs
{
    /// <summary>Of a rung of the router problem, at home.</summary>
    public static Need Router(RequestId request, int rung = 0)
    {
        Problem problem = TinyCatalogue.Router;
        return new Need(
            request, Sites.Home.ToUnitVector(), problem.Rungs[rung].Tier, problem.Skills, [], problem.Rungs[rung].RadiusMeters,
            problem.Duration, Preferred: null, Excluded: []);
    }
}
