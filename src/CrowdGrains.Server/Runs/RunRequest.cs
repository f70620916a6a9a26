using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Simulation.City;

namespace CrowdGrains.Server.Runs;

/// <summary>One simulated day to run.</summary>
/// <param name="Source">The file or city the demand comes from, for people.</param>
public sealed record RunRequest(
    string Source, Catalogue Catalogue, DispatchPolicy Policy, IReadOnlyList<Order> Orders, CityOptions City);
