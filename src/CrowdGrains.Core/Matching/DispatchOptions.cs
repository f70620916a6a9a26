namespace CrowdGrains.Core.Matching;

/// <summary>The limits and times of the rules. Validated once, at start.</summary>
public sealed record DispatchOptions
{
    /// <summary>A helper that sends no position for so long is stale and gets no offers. Default: 60 s.</summary>
    public TimeSpan PresenceLease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The H3 resolution of the cells that list free helpers, by tier: the wider a tier's radius, the coarser. Default: 7, 7, 6, 5.</summary>
    public IReadOnlyList<int> SupplyResolutions { get; init; } = [7, 7, 6, 5];

    /// <summary>The H3 resolution of the cells that list waiting requests. Default: 5.</summary>
    public int DemandResolution { get; init; } = 5;

    /// <summary>The rings of the first search; each further one asks twice as many. Default: 1.</summary>
    public int FirstRings { get; init; } = 1;

    /// <summary>The widest disk that is ever asked. Default: 48 rings.</summary>
    public int MaxRings { get; init; } = 48;

    /// <summary>A search that found so many does not widen. Default: 3.</summary>
    public int EnoughCandidates { get; init; } = 3;

    /// <summary>How many candidates a cell names. Default: 8.</summary>
    public int CandidatesPerCell { get; init; } = 8;

    /// <summary>
    /// How many helpers who seem to fit a cell weighs for one request, from the nearest outwards, before it is content with a full list of
    /// candidates; the others count as outranked. Default: 2 000.
    /// </summary>
    public int MaxWeighedPerCell { get; init; } = 2000;

    /// <summary>How many candidates a round keeps. Default: 16.</summary>
    public int CandidatesPerRound { get; init; } = 16;

    /// <summary>How many helpers a cell names that it did not propose, for the explanation. Default: 4.</summary>
    public int NotAskedPerCell { get; init; } = 4;

    /// <summary>How many rounds the explanation keeps; the oldest makes room. Default: 8.</summary>
    public int RoundsKept { get; init; } = 8;

    /// <summary>Cells that have not answered by then are not waited for. Default: 1 s.</summary>
    public TimeSpan SearchTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>An offer that the helper has not acknowledged by then is sent again. Default: 2 s.</summary>
    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often an offer is sent before the helper counts as unreachable. Default: 3.</summary>
    public int DeliveryAttempts { get; init; } = 3;

    /// <summary>How long after its expiry an offer may still be reported accepted, for messages under way. Default: 3 s.</summary>
    public TimeSpan OfferGrace { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The first pause before an unanswered message is sent again; doubled each time. Default: 2 s.</summary>
    public TimeSpan ResendAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest such pause. Default: 30 s.</summary>
    public TimeSpan MaxResendAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The first pause before a waiting request searches again; doubled each time. Default: 15 s.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest such pause. Default: 60 s.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a waiting request stays listed without renewing. Default: 150 s.</summary>
    public TimeSpan WaitingLease { get; init; } = TimeSpan.FromSeconds(150);

    /// <summary>A helper that did not answer an offer is not asked for the same request before then. Default: 10 min.</summary>
    public TimeSpan AskAgainAfterExpiry { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>An assigned helper must be under way by then, or counts as a no-show. Default: 15 min.</summary>
    public TimeSpan EnRouteWithin { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A helper under way must arrive within twice the estimate and this. Default: 30 min.</summary>
    public TimeSpan ArrivalSlack { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A visit must end within four times its expected duration and this. Default: 2 h.</summary>
    public TimeSpan OnSiteSlack { get; init; } = TimeSpan.FromHours(2);

    /// <summary>An appointment's search begins so long before its window. Default: 30 min.</summary>
    public TimeSpan AppointmentLead { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How many offers one request may make. Default: 200.</summary>
    public int MaxOffers { get; init; } = 200;

    /// <summary>How many visits one request may take. Default: 6.</summary>
    public int MaxVisits { get; init; } = 6;

    /// <summary>How many waiting requests a helper coming free remembers. Default: 8.</summary>
    public int MaxProposals { get; init; } = 8;

    /// <summary>How many helpers a cell lists. Default: 100 000.</summary>
    public int MaxHelpersPerCell { get; init; } = 100_000;

    /// <summary>How many waiting requests a cell lists. Default: 20 000.</summary>
    public int MaxWaitingPerCell { get; init; } = 20_000;

    /// <summary>How often a cell forgets entries whose lease ran out. Default: 60 s.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; its name is the parameter.</exception>
    public DispatchOptions Validate()
    {
        if (SupplyResolutions.Count != 4 || SupplyResolutions.Any(resolution => resolution is < 0 or > 15))
        {
            throw new ArgumentOutOfRangeException(nameof(SupplyResolutions), "needs a resolution from 0 to 15 for each of the four tiers");
        }

        RequireRange(DemandResolution, 0, 15, nameof(DemandResolution));
        RequireRange(FirstRings, 0, 64, nameof(FirstRings));
        RequireRange(MaxRings, FirstRings, 64, nameof(MaxRings));
        RequireRange(EnoughCandidates, 1, CandidatesPerRound, nameof(EnoughCandidates));
        RequireRange(CandidatesPerCell, 1, 1000, nameof(CandidatesPerCell));
        RequireRange(MaxWeighedPerCell, CandidatesPerCell, 10_000_000, nameof(MaxWeighedPerCell));
        RequireRange(CandidatesPerRound, 1, 1000, nameof(CandidatesPerRound));
        RequireRange(NotAskedPerCell, 0, 1000, nameof(NotAskedPerCell));
        RequireRange(RoundsKept, 1, 1000, nameof(RoundsKept));
        RequireRange(DeliveryAttempts, 1, 100, nameof(DeliveryAttempts));
        RequireRange(MaxOffers, 1, 10_000, nameof(MaxOffers));
        RequireRange(MaxVisits, 1, 100, nameof(MaxVisits));
        RequireRange(MaxProposals, 1, 100, nameof(MaxProposals));
        RequireRange(MaxHelpersPerCell, 1, 10_000_000, nameof(MaxHelpersPerCell));
        RequireRange(MaxWaitingPerCell, 1, 10_000_000, nameof(MaxWaitingPerCell));
        ValidateTimes();
        return this;
    }

    private void ValidateTimes()
    {
        TimeSpan tick = TimeSpan.FromMilliseconds(1);
        RequireRange(PresenceLease, TimeSpan.FromSeconds(5), nameof(PresenceLease));
        RequireRange(SearchTimeout, tick, nameof(SearchTimeout));
        RequireRange(DeliveryTimeout, tick, nameof(DeliveryTimeout));
        RequireRange(OfferGrace, tick, nameof(OfferGrace));
        RequireRange(ResendAfter, tick, nameof(ResendAfter));
        RequireRange(MaxResendAfter, ResendAfter, nameof(MaxResendAfter));
        RequireRange(RetryAfter, tick, nameof(RetryAfter));
        RequireRange(MaxRetryAfter, RetryAfter, nameof(MaxRetryAfter));
        RequireRange(WaitingLease, MaxRetryAfter, nameof(WaitingLease));
        RequireRange(AskAgainAfterExpiry, TimeSpan.Zero, nameof(AskAgainAfterExpiry));
        RequireRange(EnRouteWithin, tick, nameof(EnRouteWithin));
        RequireRange(ArrivalSlack, tick, nameof(ArrivalSlack));
        RequireRange(OnSiteSlack, tick, nameof(OnSiteSlack));
        RequireRange(AppointmentLead, TimeSpan.Zero, nameof(AppointmentLead));
        RequireRange(SweepInterval, tick, nameof(SweepInterval));
    }

    private static void RequireRange<T>(T value, T min, T max, string name)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            throw new ArgumentOutOfRangeException(name, value, $"must be {min} to {max}");
        }
    }

    private static void RequireRange(TimeSpan value, TimeSpan min, string name) => RequireRange(value, min, TimeSpan.FromDays(30), name);
}
