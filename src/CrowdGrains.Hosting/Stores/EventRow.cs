using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Hosting.Stores;

/// <summary>One entry of the event log.</summary>
/// <param name="Sequence">The place in the log, from 1, without gaps.</param>
/// <param name="GrainSequence">The number of the event within its grain, from 1, without gaps.</param>
/// <param name="Request">The request whose timeline it belongs to, if any.</param>
/// <param name="Actor">Who asked for it; empty when nobody did.</param>
/// <param name="Data">The event as JSON, as written by <see cref="Events.EventJson"/>.</param>
public readonly record struct EventRow(
    long Sequence, Instant At, GrainId Grain, long GrainSequence, RequestId? Request, string Type, string Actor, ReadOnlyMemory<byte> Data);
