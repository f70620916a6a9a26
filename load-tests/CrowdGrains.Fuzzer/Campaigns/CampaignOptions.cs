namespace CrowdGrains.Fuzzer.Campaigns;

/// <summary>What a run is asked to do.</summary>
/// <param name="First">The number of the first request: one that was found can be sent alone.</param>
internal sealed record CampaignOptions(ulong Seed, long Requests, long First, int Jobs);
