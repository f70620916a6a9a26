using System.Collections.Immutable;

namespace CrowdGrains.Fuzzer.Stages;

/// <summary>
/// Ids and words that exist, so that requests get past the first check. Slots hold ids the server made, the newest ones: which slot a
/// request names is the seed's choice, what stands in it the run's.
/// </summary>
internal sealed class Known
{
    public const int SlotCount = 16;

    /// <summary>The partner A, and its helper and request.</summary>
    public const string PartnerA = "pa";
    public const string PartnerB = "pb";
    public const string HelperA = "helper-a";
    public const string HelperB = "helper-b";
    public const string RequestA = "request-a";
    public const string RequestB = "request-b";
    public const string RequestOfHouse = "request-house";

    /// <summary>Reads may name it, nothing else.</summary>
    public const string Bait = "bait";

    private const int PoolSize = 32;
    private static readonly ImmutableArray<string> Unknown = ["missing-1"];

    public static readonly ImmutableArray<string> Helpers = [HelperA, HelperB, .. Pool("h")];
    public static readonly ImmutableArray<string> Requests = [RequestA, RequestB, RequestOfHouse, .. Pool("r")];
    public static readonly ImmutableArray<string> Customers = [.. Enumerable.Range(0, 6).Select(i => $"c{i}")];
    public static readonly ImmutableArray<string> Partners = [PartnerA, PartnerB, "pc"];
    public static readonly ImmutableArray<string> Problems = ["router-setup", "wifi-coverage", "tv-setup"];

    /// <summary>Far from where the bait and what is marked are.</summary>
    public static readonly ImmutableArray<(string Lat, string Lng)> Places =
        [("51.501", "-0.141"), ("51.503", "-0.139"), ("51.507", "-0.128"), ("51.49", "-0.15"), ("-33.86", "151.2"), ("0", "0"), ("-89.9", "179.9")];

    /// <summary>Newest first; unlike the others replaced while requests are made, always as a whole.</summary>
    public ImmutableArray<string> Offers { get; set; } = Unknown;

    /// <summary>Offers the bait holds.</summary>
    public ImmutableArray<string> BaitOffers { get; set; } = Unknown;

    public ImmutableArray<string> MadeRequests { get; set; } = Unknown;

    /// <summary>Requests that somebody is on.</summary>
    public ImmutableArray<string> Jobs { get; set; } = Unknown;

    public ImmutableArray<string> Webhooks { get; set; } = Unknown;

    /// <summary>Those of partner A and partner B, which stay.</summary>
    public ImmutableArray<string> MarkedWebhooks { get; set; } = Unknown;

    public ImmutableArray<string> Deliveries { get; set; } = Unknown;

    /// <summary>Of keys that may be revoked.</summary>
    public ImmutableArray<string> Keys { get; set; } = Unknown;

    /// <summary>URLs that would lead a webhook into our own network, to where a trap listens.</summary>
    public ImmutableArray<string> TrapUrls { get; set; } = ["https://127.0.0.1/"];

    private static IEnumerable<string> Pool(string prefix) => Enumerable.Range(0, PoolSize).Select(i => $"{prefix}{i}");
}
