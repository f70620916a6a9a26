using CrowdGrains.H3;

namespace CrowdGrains.Simulation.City;

/// <summary>One request of a day of demand: when, where, and which problem of the catalogue.</summary>
public readonly record struct Order(Core.Turns.Instant At, LatLng Position, string Problem, string Channel);
