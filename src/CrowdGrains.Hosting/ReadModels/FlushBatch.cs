using System.Collections.Immutable;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>What is being written, and what it is made of, in case it has to be written again.</summary>
internal sealed record FlushBatch(
    ImmutableArray<SqlWrite>.Builder Writes, long Progress, List<RequestEntry> Requests, List<OfferEntry> Offers, List<HelperId> Helpers, Instant? DutySince, int Passed);

/// <summary>A request in memory: open, or not written since it ended.</summary>
internal sealed class RequestEntry(RequestView view)
{
    public RequestView View { get; set; } = view;

    /// <summary>Offers that helpers hold and that are not decided.</summary>
    public int Undecided { get; set; }

    public bool IsDirty { get; set; }
}

/// <summary>An offer in memory: live, or not written since it ended.</summary>
internal sealed class OfferEntry(OfferView view)
{
    public OfferView View { get; set; } = view;

    public bool IsDirty { get; set; }
}
