namespace CrowdGrains.Client.Positions;

/// <summary>Where a helper is, and when by its device's clock; null means now.</summary>
public readonly record struct PositionLine(string HelperId, double Lat, double Lng, DateTimeOffset? At = null);
