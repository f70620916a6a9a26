using System.Text.Json.Serialization;
using CrowdGrains.CrashCampaign.Audits;

namespace CrowdGrains.CrashCampaign.Runs;

/// <summary>What a campaign saw. Times are in milliseconds.</summary>
internal sealed record CampaignResult
{
    public required string Store { get; init; }

    public required int Seed { get; init; }

    public required int Cycles { get; init; }

    /// <summary>Of the kills, those that came before the server served.</summary>
    public required int KillsWhileStarting { get; init; }

    /// <summary>How often PostgreSQL stopped and started again under the server.</summary>
    public required int Outages { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Answers with success, all of them found true after the next restart.</summary>
    public required int AnswersGranted { get; init; }

    public required int AnswersRefused { get; init; }

    /// <summary>Calls without a key whose answer never came.</summary>
    public required int Unanswered { get; init; }

    /// <summary>Calls that were answered only when they were repeated under their key.</summary>
    public required int Recovered { get; init; }

    public required int Repeats { get; init; }

    /// <summary>Requests, helpers and offers compared with the log.</summary>
    public required int Looks { get; init; }

    public required long Events { get; init; }

    public required int StreamConnections { get; init; }

    public required int WebhookDeliveries { get; init; }

    /// <summary>Distinct events that came by webhooks; the rest of the deliveries are repeats.</summary>
    public required int WebhookEvents { get; init; }

    public required int Requests { get; init; }

    public required int Ended { get; init; }

    public required int StillOpen { get; init; }

    /// <summary>From a start until it served, or took part in the cluster.</summary>
    public required Quantiles Restart { get; init; }

    /// <summary>How many silos served together; 0 for one server by itself.</summary>
    public required int Silos { get; init; }

    /// <summary>Silos that ended because the others had declared them dead.</summary>
    public required int Evictions { get; init; }

    /// <summary>What clients felt of each kind of kill of a cluster.</summary>
    public required IReadOnlyList<Gaps> Gaps { get; init; }

    public required IReadOnlyList<Violation> Violations { get; init; }

    /// <summary>With a violation, what the processes had to log as failed.</summary>
    public required IReadOnlyList<string> Failures { get; init; }
}

/// <summary>Writes results for machines.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(CampaignResult))]
internal sealed partial class ResultJson : JsonSerializerContext;
