using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Hosting.Engines;

/// <summary>Where a helper was, and when, by its device's clock.</summary>
public readonly record struct PositionReport(HelperId Helper, Instant At, LatLng Position);
