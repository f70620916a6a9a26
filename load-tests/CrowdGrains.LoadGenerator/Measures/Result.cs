using System.Text.Json.Serialization;

namespace CrowdGrains.LoadGenerator.Measures;

/// <summary>What a run gave: a row of results, and all behind it.</summary>
/// <param name="OfferedRate">What was meant to be done per second; null in saturating runs, which offer as much as is taken.</param>
/// <param name="AchievedRate">What was done per second.</param>
/// <param name="Rung">What was measured, for the ladder of rungs.</param>
internal sealed record Result(
    string Mode,
    string Rung,
    string Commit,
    string Machine,
    string Scenario,
    int Seed,
    DateTimeOffset At,
    double Seconds,
    double? OfferedRate,
    double AchievedRate,
    string Unit,
    int Helpers,
    int Connections,
    IReadOnlyList<LatencyRow> Latencies,
    IReadOnlyDictionary<string, long> Counts,
    IReadOnlyDictionary<string, long> Refusals,
    IReadOnlyDictionary<string, long> Errors,
    long ErrorCount);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Result))]
internal sealed partial class ResultJson : JsonSerializerContext;
