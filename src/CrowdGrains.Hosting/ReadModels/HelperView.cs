using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>That a helper exists, and whose it is.</summary>
public readonly record struct HelperView(HelperId Id, PartnerId? Partner, Tier Tier);
