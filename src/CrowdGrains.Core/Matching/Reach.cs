namespace CrowdGrains.Core.Matching;

/// <summary>How far a helper is from a place, and how long it takes: great-circle metres, seconds from door to door.</summary>
public readonly record struct Reach(int DistanceMeters, int EtaSeconds);
