using CrowdGrains.Core.Helpers;

namespace CrowdGrains.Core.Matching;

/// <summary>One helper who was not asked, and why: for the explanation.</summary>
public readonly record struct NotAsked(HelperId Helper, NotAskedReason Reason);
