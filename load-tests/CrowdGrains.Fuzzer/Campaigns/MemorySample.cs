namespace CrowdGrains.Fuzzer.Campaigns;

/// <summary>What the server held at a point of a run.</summary>
/// <param name="Sent">How many requests had been begun.</param>
/// <param name="LiveBytes">What was reachable in its heap, right after a collection.</param>
/// <param name="ResidentBytes">What it had of the machine's memory, with garbage and all that is not heap; 0 where the system does not say.</param>
internal readonly record struct MemorySample(long Sent, long LiveBytes, long ResidentBytes);
