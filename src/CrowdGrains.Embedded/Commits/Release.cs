using CrowdGrains.Core.Turns;
using CrowdGrains.Embedded.Calls;
using CrowdGrains.Embedded.Shards;

namespace CrowdGrains.Embedded.Commits;

/// <summary>What waits for a write: an effect of a grain's turn, or the answer to a question about the grain.</summary>
internal readonly record struct Release(Activation Grain, Effect Effect, ReadCall? Read);
