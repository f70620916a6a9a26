using CrowdGrains.CrashCampaign.Servers;

namespace CrowdGrains.CrashCampaign.Runs;

/// <summary>What a campaign does.</summary>
/// <param name="Cycles">How often the server is killed.</param>
/// <param name="SecondsEach">How long a life lasts on average; each is drawn from nothing to twice as long.</param>
/// <param name="Seed">Names every draw; what the machine makes of them differs from run to run.</param>
/// <param name="SettleSeconds">How long open requests may take to end after the last kill.</param>
/// <param name="Program">The server, or the silo.</param>
internal sealed record CampaignOptions(StoreKind Store, int Cycles, double SecondsEach, int Seed, int SettleSeconds, string Program)
{
    /// <summary>In how many cycles of a hundred PostgreSQL stops and starts again while the server works.</summary>
    public int OutagePercent { get; init; }

    /// <summary>How many silos serve together; null for one server by itself.</summary>
    public int? Silos { get; init; }

    /// <summary>How many towns there are, far from each other.</summary>
    public int Towns => Silos is null ? 1 : 4;

    /// <summary>After so long nothing more is killed, however many cycles are left.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.MaxValue;

    public int Helpers { get; init; } = 24;

    public int Customers { get; init; } = 6;
}
