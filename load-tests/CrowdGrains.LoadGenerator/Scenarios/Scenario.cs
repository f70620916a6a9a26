using CrowdGrains.Client.Contract;
using CrowdGrains.H3;

namespace CrowdGrains.LoadGenerator.Scenarios;

/// <summary>A city under load, as its file describes it.</summary>
/// <param name="Cells">Where demand and supply are, by weight; in the order of the cells.</param>
/// <param name="Skew">The power that weights are raised to: 0 makes them even, 1 takes them as they are, more heaps them up.</param>
/// <param name="HotCell">One place that takes a share for itself; null for none.</param>
/// <param name="Rate">Requests per second.</param>
public sealed record Scenario(
    string Name, string Source, IReadOnlyList<WeightedCell> Cells, double Skew, HotCell? HotCell, Crowd Crowd, IReadOnlyList<ProblemShare> Problems,
    double Rate, int Seconds, int Seed);

/// <param name="Weight">Above zero.</param>
public readonly record struct WeightedCell(CellIndex Cell, double Weight);

/// <param name="DemandShare">Of all requests, 0 to 1.</param>
/// <param name="SupplyShare">Of all helpers, 0 to 1.</param>
public sealed record HotCell(CellIndex Cell, double DemandShare, double SupplyShare);

/// <summary>The helpers and what they do.</summary>
/// <param name="Tiers">Shares by tier; they need not add up to anything.</param>
/// <param name="ThinkSeconds">From the offer to the answer, the mean of an exponential time.</param>
/// <param name="TravelSeconds">From acceptance to arrival, likewise.</param>
/// <param name="OnSiteSeconds">From arrival to completion, likewise.</param>
public sealed record Crowd(
    int Count, int SkillsEach, int RadiusMeters, IReadOnlyList<KeyValuePair<Tier, double>> Tiers, double ReportSeconds,
    double AcceptProbability, double ThinkSeconds, double TravelSeconds, double OnSiteSeconds, double ResolvedProbability);

/// <summary>A problem of the service catalogue, its share of the demand, and the skill that solves it.</summary>
public sealed record ProblemShare(string Problem, double Weight, string Skill, int Level, bool IsCertified);
