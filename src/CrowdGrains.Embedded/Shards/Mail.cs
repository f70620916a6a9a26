using CrowdGrains.Core.Turns;
using CrowdGrains.Embedded.Calls;
using CrowdGrains.Embedded.Commits;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Embedded.Shards;

/// <summary>What other threads of the engine bring to a shard. Never refused: what is under way is bounded by what is let in from outside.</summary>
internal abstract record Mail;

/// <summary>Messages from the grains of another shard.</summary>
/// <param name="Sender">Takes the emptied list back.</param>
internal sealed record FromShard(List<Envelope> Messages, ShardPost Sender) : Mail;

/// <summary>A batch came back from the committer, written or lost.</summary>
internal sealed record Committed(CommitBatch Batch) : Mail;

/// <summary>Records that were asked for; null when the store did not answer.</summary>
internal sealed record Loaded(IReadOnlyList<Activation> Asked, IReadOnlyList<GrainRow>? Rows) : Mail;

/// <summary>Grains in the store whose timers fall due.</summary>
internal sealed record Dues(List<(GrainId Grain, Instant Due)> Grains) : Mail;

/// <summary>The store takes writes again.</summary>
internal sealed record Resumed : Mail;
